package io.evenkeel.serving.shadow;

import io.evenkeel.serving.shadow.ShadowReport.Figures;
import io.evenkeel.serving.shadow.ShadowReport.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report in a few sentences. */
final class Verdict {
  /** With fewer rows the interval is too wide to say anything. */
  private static final int FEWEST_ROWS = 200;

  private Verdict() {}

  static String of(ShadowReport report) {
    ShadowReport.Pair pair = report.pair();
    if (pair == null) {
      return "Nothing was copied yet.";
    }
    List<String> sentences = new ArrayList<>();
    sentences.add(agreement(report, pair));
    Rows rows = report.rows();
    if (rows.failed() > 0) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "It gave no answer to %d of %d, to %d of them because its time was over.",
              rows.failed(),
              rows.compared() + rows.failed(),
              rows.late()));
    }
    Figures stable = report.laneSeconds().stable();
    Figures candidate = report.laneSeconds().candidate();
    if (stable != null && candidate != null) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "In the lane it took %.3f ms in the median, version %s took %.3f ms.",
              1000 * candidate.p50(),
              pair.stable(),
              1000 * stable.p50()));
    }
    if (report.allDropped() > 0) {
      sentences.add(drops(report));
    }
    return String.join(" ", sentences);
  }

  private static String agreement(ShadowReport report, ShadowReport.Pair pair) {
    long rows = report.rows().compared();
    Agreement found = report.answers().agreement();
    if (found == null) {
      return "No answers were compared yet.";
    }
    return String.format(
        Locale.ROOT,
        "%sVersion %s agrees with version %s on %.2f %% of %d rows (with 95 %% confidence %.2f to"
            + " %.2f %%).",
        rows < FEWEST_ROWS ? "Too early to tell. " : "",
        report.shadowing().version(),
        pair.stable(),
        100 * found.share(),
        rows,
        100 * found.least(),
        100 * found.most());
  }

  private static String drops(ShadowReport report) {
    DropReason most = DropReason.QUEUE_FULL;
    for (DropReason reason : DropReason.values()) {
      most = report.dropped(reason) > report.dropped(most) ? reason : most;
    }
    return String.format(
        Locale.ROOT,
        "Of %d copies %d were not tried, %d of them because of %s.",
        report.rows().taken(),
        report.allDropped(),
        report.dropped(most),
        most.word());
  }
}
