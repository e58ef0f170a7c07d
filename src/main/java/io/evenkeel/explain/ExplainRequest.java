package io.evenkeel.explain;

import io.evenkeel.serving.PredictionRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request to explain a prediction, as it was read.
 *
 * @param prediction the row, and what stood around it
 * @param permutations how many permutations are wanted at most
 * @param seed which ones are drawn; null to let the row decide
 */
public record ExplainRequest(PredictionRequest prediction, int permutations, @Nullable Long seed) {
  /** A pair, one and its reverse. */
  public static final int FEWEST_PERMUTATIONS = 2;

  public static final int MOST_PERMUTATIONS = 4096;
  public static final int USUAL_PERMUTATIONS = 64;

  public ExplainRequest {
    if (permutations < FEWEST_PERMUTATIONS || permutations > MOST_PERMUTATIONS) {
      throw new IllegalArgumentException(
          "permutations "
              + permutations
              + " must be from "
              + FEWEST_PERMUTATIONS
              + " to "
              + MOST_PERMUTATIONS);
    }
  }

  int pairs() {
    return permutations / 2;
  }
}
