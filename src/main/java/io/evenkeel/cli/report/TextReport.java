package io.evenkeel.cli.report;

import io.evenkeel.cli.replay.Figures;
import io.evenkeel.cli.replay.ReplayReport;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A replay's summary for the terminal. */
public final class TextReport {
  private static final int FINDINGS = 8;
  private static final int FEATURES = 5;

  private final Formatter text = new Formatter(Locale.ROOT);

  private TextReport() {}

  public static String of(ReplayReport report) {
    TextReport written = new TextReport();
    written.write(report);
    return written.text.toString();
  }

  private void write(ReplayReport report) {
    ReplayReport.Data data = report.data();
    text.format(
        "%,d rows of %s in %.1f s (%,.0f/s)\n",
        data.rows(), data.file(), data.seconds(), data.rows() / Math.max(1e-9, data.seconds()));
    if (data.unreadable() > 0) {
      text.format("%,d lines couldn't be read:\n", data.unreadable());
      data.complaints().forEach(one -> text.format("  line %d %s\n", one.line(), one.cause()));
    }
    if (!data.passedOver().isEmpty()) {
      text.format(
          "columns that are no feature, passed over: %s\n", String.join(", ", data.passedOver()));
    }
    writeVersion("candidate", report.candidate());
    writeFindings("violations", report.candidate().violations());
    writeFindings("warnings", report.candidate().warnings());
    writeFigures(report.candidate());
    if (report.live() != null) {
      writeVersion("live", report.live());
      writeLiveFindings(report.candidate(), report.live());
      writeFigures(report.live());
    }
    if (report.acceptance() != null) {
      writeAcceptance(report.acceptance());
    }
    if (report.differences() != null) {
      writeDifferences(report.differences(), report.baseline());
    }
    text.format("\n");
    if (report.verdict().passed()) {
      text.format("PASSED\n");
    } else {
      text.format("FAILED\n");
      report.verdict().reasons().forEach(reason -> text.format("  %s\n", reason));
    }
  }

  private void writeVersion(String role, ReplayReport.Version version) {
    text.format("\n");
    text.format(
        "%s %s %s (contract %s): takes %,d, refuses %,d%s\n",
        role,
        version.model(),
        version.version(),
        version.contract(),
        version.accepted(),
        version.refused(),
        version.failed() == 0
            ? ""
            : String.format(Locale.ROOT, ", fails on %,d", version.failed()));
    if (version.failure() != null) {
      text.format("  the model's failure: %s\n", version.failure());
    }
  }

  private void writeFigures(ReplayReport.Version version) {
    if (version.quality() != null) {
      text.format("  %s\n", Words.quality(version.quality()));
    }
    if (version.accepted() == 0) {
      return;
    }
    ReplayReport.Latency latency = version.latency();
    text.format(
        "  a row alone %s us (p99 %s); among others: read %s, preprocess %s, run %s us\n",
        Figures.number(latency.runAlone().p50()),
        Figures.number(latency.runAlone().p99()),
        Figures.number(latency.read().p50()),
        Figures.number(latency.preprocess().p50()),
        Figures.number(latency.runTogether().p50()));
  }

  private void writeFindings(String what, List<ReplayReport.Finding> findings) {
    if (findings.isEmpty()) {
      return;
    }
    text.format("  %s:\n", what);
    for (ReplayReport.Finding finding : findings.subList(0, Math.min(FINDINGS, findings.size()))) {
      ReplayReport.Example example = finding.examples().getFirst();
      text.format(
          "    %,8d  %s %s: line %d, %s\n",
          finding.count(),
          finding.feature(),
          finding.rule(),
          example.line(),
          Words.example(example));
    }
    if (findings.size() > FINDINGS) {
      text.format("    and %d more kinds\n", findings.size() - FINDINGS);
    }
  }

  private void writeLiveFindings(ReplayReport.Version candidate, ReplayReport.Version live) {
    if (live.violations().equals(candidate.violations())
        && live.warnings().equals(candidate.warnings())) {
      text.format("  the same violations and warnings\n");
      return;
    }
    writeFindings("violations", live.violations());
    writeFindings("warnings", live.warnings());
  }

  private void writeAcceptance(ReplayReport.Acceptance acceptance) {
    text.format("\n");
    text.format(
        "answered by both %,d, only before %,d, only by the candidate %,d, by none %,d\n",
        acceptance.both(), acceptance.onlyLive(), acceptance.onlyCandidate(), acceptance.neither());
    writeFindings("what the candidate refuses of those answered before", acceptance.refusals());
  }

  private void writeDifferences(
      ReplayReport.Differences differences, ReplayReport.Baseline baseline) {
    text.format("\n");
    text.format(
        "against %s: %,d of %,d rows differ, another label for %,d (%s)\n",
        Words.baseline(baseline),
        differences.differing(),
        differences.rows(),
        differences.disagreeing(),
        Figures.percent((double) differences.disagreeing() / differences.rows()));
    ReplayReport.Size size = differences.size();
    text.format(
        "  %s: mean %s, p50 %s, p90 %s, p99 %s, max %s\n",
        differences.quantity(),
        Figures.number(size.mean()),
        Figures.number(size.p50()),
        Figures.number(size.p90()),
        Figures.number(size.p99()),
        Figures.number(size.max()));
    text.format("  %s\n", differences.headline());
    writeFeatures(differences);
    if (differences.swapped() != null) {
      text.format("  %s\n", Words.swapped(differences.swapped()));
    }
    if (!differences.unmatched().isEmpty()) {
      text.format(
          "  columns of only one version: %s\n", String.join(", ", differences.unmatched()));
    }
  }

  private void writeFeatures(ReplayReport.Differences differences) {
    List<ReplayReport.Explanation> features =
        differences.features().stream()
            .filter(feature -> feature.weight() >= 0.01 || feature.columnDifference() != null)
            .limit(FEATURES)
            .toList();
    if (features.isEmpty()) {
      return;
    }
    text.format("  %-24s %10s %14s %16s\n", "feature", "explains", "column, sd", "gone if swapped");
    for (ReplayReport.Explanation feature : features) {
      text.format(
          "  %-24s %10s %14s %16s\n",
          feature.feature(),
          Figures.percent(feature.explained()),
          number(feature.columnDifference()),
          feature.swapped() == null ? "" : Figures.percent(feature.swapped()));
    }
  }

  private static String number(@Nullable Double value) {
    return value == null ? "" : Figures.number(value);
  }
}
