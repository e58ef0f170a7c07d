package io.evenkeel.cli.draft;

import io.evenkeel.inference.Prediction;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How well the graph's answers agree with the outcomes in the data. Not a measure of the model, for
 * it may have learnt from these rows; but columns or labels in a wrong order show here. Not
 * thread-safe.
 */
final class Agreement {
  private static final double POOR_SHARE = 0.5;

  private final String column;
  private final Moments outcomes = new Moments();
  private long rows;
  private long equal;
  private double squaredErrors;

  /**
   * @param column the column with the outcomes
   */
  Agreement(String column) {
    this.column = column;
  }

  void add(Prediction prediction, String outcome) {
    switch (prediction) {
      case Prediction.Classification found -> {
        rows++;
        equal += outcome.equals(found.label()) ? 1 : 0;
      }
      case Prediction.Regression found -> {
        CellKind kind = CellKind.of(outcome);
        if (kind == CellKind.INTEGER || kind == CellKind.NUMBER) {
          double expected = kind.number(outcome);
          rows++;
          outcomes.add(expected);
          squaredErrors += (found.value() - expected) * (found.value() - expected);
        }
      }
      case Prediction.Raw ignored -> {}
    }
  }

  /** A sentence about it; null where nothing could be compared. */
  @Nullable String sentence() {
    if (rows == 0) {
      return null;
    }
    double spread = outcomes.deviation() * outcomes.deviation() * rows;
    boolean isNumber = outcomes.count() > 0;
    double quality = isNumber ? 1 - squaredErrors / spread : (double) equal / rows;
    String figure =
        isNumber
            ? String.format(Locale.ROOT, "explain %.0f %% of the variance of", 100 * quality)
            : String.format(Locale.ROOT, "agree in %.0f %% of the rows with", 100 * quality);
    boolean poor = quality < (isNumber ? 0 : POOR_SHARE);
    return "the graph's answers "
        + figure
        + " `"
        + column
        + "`"
        + (poor ? ": are columns and labels in the order of the training?" : "");
  }
}
