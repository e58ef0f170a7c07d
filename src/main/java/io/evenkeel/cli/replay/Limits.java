package io.evenkeel.cli.replay;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate has to keep. A limit that is null isn't set.
 *
 * @param maxRefused the share of the rows that were answered before, which the candidate may refuse
 *     or fail on
 * @param maxDisagreement the share of rows whose label may be another one
 * @param maxDifference the mean difference of the predictions
 * @param minAccuracy the share of labels that have to be right
 */
public record Limits(
    double maxRefused,
    @Nullable Double maxDisagreement,
    @Nullable Double maxDifference,
    @Nullable Double minAccuracy) {

  /** No row that was answered before may be refused; all else is only shown. */
  public static final Limits DEFAULT = new Limits(0, null, null, null);

  ReplayReport.Verdict judge(
      ReplayReport.Version candidate,
      ReplayReport.@Nullable Acceptance acceptance,
      ReplayReport.@Nullable Differences differences) {
    List<String> reasons = new ArrayList<>();
    if (candidate.accepted() + candidate.refused() == 0) {
      reasons.add("there was no row to replay");
    }
    if (acceptance != null) {
      judgeAcceptance(acceptance, reasons);
    }
    if (differences != null && differences.rows() > 0) {
      judgeDifferences(differences, reasons);
    }
    if (minAccuracy != null) {
      judgeQuality(candidate.quality(), minAccuracy, reasons);
    }
    return new ReplayReport.Verdict(reasons.isEmpty(), reasons);
  }

  private void judgeAcceptance(ReplayReport.Acceptance acceptance, List<String> reasons) {
    long before = acceptance.both() + acceptance.onlyLive();
    double refused = before == 0 ? 0 : (double) acceptance.onlyLive() / before;
    if (refused > maxRefused) {
      reasons.add(
          "it doesn't answer "
              + acceptance.onlyLive()
              + " of "
              + before
              + " rows that were answered before ("
              + Figures.percent(refused)
              + "; at most "
              + Figures.percent(maxRefused)
              + ")");
    }
  }

  private void judgeDifferences(ReplayReport.Differences differences, List<String> reasons) {
    double disagreement = (double) differences.disagreeing() / differences.rows();
    if (maxDisagreement != null && disagreement > maxDisagreement) {
      reasons.add(
          "another label for "
              + Figures.percent(disagreement)
              + " of the rows; at most "
              + Figures.percent(maxDisagreement));
    }
    if (maxDifference != null && differences.size().mean() > maxDifference) {
      reasons.add(
          "the mean difference is "
              + Figures.number(differences.size().mean())
              + "; at most "
              + Figures.number(maxDifference));
    }
  }

  private static void judgeQuality(
      ReplayReport.@Nullable Quality quality, double least, List<String> reasons) {
    switch (quality) {
      case ReplayReport.Quality.Classes classes when classes.rows() > 0 -> {
        if (classes.accuracy() < least) {
          reasons.add(
              "its accuracy is "
                  + Figures.percent(classes.accuracy())
                  + "; at least "
                  + Figures.percent(least));
        }
      }
      case null, default ->
          reasons.add("no line says which label was right, so the accuracy isn't known");
    }
  }
}
