package io.evenkeel.explain;

import io.evenkeel.inference.Prediction;
import org.jspecify.annotations.Nullable;

/**
 * The number of a prediction that is explained: the probability of one class, or the value.
 *
 * @param winner the class's place; -1 for a value
 */
record Aim(int winner) {
  private static final int VALUE = -1;

  /** What is explained of a prediction; null where it has no such number. */
  static @Nullable Aim of(Prediction prediction) {
    return switch (prediction) {
      case Prediction.Classification found when Double.isFinite(found.confidence()) ->
          new Aim(found.winner());
      case Prediction.Regression found when Double.isFinite(found.value()) -> new Aim(VALUE);
      default -> null;
    };
  }

  /** That number of another prediction of the same version; NaN where it has none. */
  double value(Prediction prediction) {
    return switch (prediction) {
      case Prediction.Classification found when winner >= 0 -> found.probabilities().get(winner);
      case Prediction.Regression found -> found.value();
      default -> Double.NaN;
    };
  }
}
