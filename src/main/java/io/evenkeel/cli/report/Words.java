package io.evenkeel.cli.report;

import io.evenkeel.cli.replay.Figures;
import io.evenkeel.cli.replay.ReplayReport;
import java.util.Locale;

/** Sentences that text and page share. */
final class Words {
  private Words() {}

  static String baseline(ReplayReport.Baseline baseline) {
    return switch (baseline) {
      case NONE -> "nothing";
      case RECORDED -> "the recorded predictions";
      case LIVE -> "the live version";
    };
  }

  static String example(ReplayReport.Example example) {
    return example.received() == null
        ? example.expected()
        : example.expected() + ", not " + example.received();
  }

  static String quality(ReplayReport.Quality quality) {
    return switch (quality) {
      case ReplayReport.Quality.Classes classes ->
          String.format(
              Locale.ROOT,
              "of %,d known outcomes %s right%s%s%s",
              classes.rows(),
              Figures.percent(classes.accuracy()),
              classes.auc() == null ? "" : ", AUC " + Figures.number(classes.auc()),
              classes.logLoss() == null ? "" : ", log loss " + Figures.number(classes.logLoss()),
              classes.unknown() == 0
                  ? ""
                  : String.format(Locale.ROOT, "; %,d are no label", classes.unknown()));
      case ReplayReport.Quality.Values values ->
          String.format(
              Locale.ROOT,
              "%,d known outcomes: mean absolute error %s, root mean square %s, bias %s%s",
              values.rows(),
              Figures.number(values.meanAbsoluteError()),
              Figures.number(values.rootMeanSquare()),
              Figures.number(values.bias()),
              values.r2() == null ? "" : ", R2 " + Figures.number(values.r2()));
    };
  }

  /** What swapping all columns says of the graphs. */
  static String swapped(double share) {
    return "With all of the live version's columns, "
        + Figures.percent(share)
        + " of the difference goes away"
        + (share > 0.999
            ? ": the graphs agree, the transforms differ."
            : "; the rest is the graphs' own.");
  }
}
