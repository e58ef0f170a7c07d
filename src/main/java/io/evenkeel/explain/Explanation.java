package io.evenkeel.explain;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.Warning;
import io.evenkeel.inference.Prediction;
import io.evenkeel.registry.ModelVersion;
import java.util.List;

/**
 * What each feature did to one prediction. The attributions add up to the difference between {@code
 * explained} and {@code ofBaseline}.
 *
 * @param contract by which the row was read
 * @param pair the row, and the baseline it is compared with
 * @param attributions the largest first
 * @param sampling how they were found
 * @param warnings about the row
 */
public record Explanation(
    ModelVersion version,
    Contract contract,
    Pair pair,
    List<Attribution> attributions,
    Sampling sampling,
    List<Warning> warnings) {
  public Explanation {
    attributions = List.copyOf(attributions);
    warnings = List.copyOf(warnings);
  }

  /**
   * The two ends of the explanation.
   *
   * @param explained the number of the prediction that is explained
   * @param ofBaseline the same number of the baseline's
   */
  public record Pair(
      Row row,
      Row baseline,
      Prediction prediction,
      Prediction baselinePrediction,
      double explained,
      double ofBaseline) {}

  /**
   * What one feature did.
   *
   * @param feature its position in the contract
   * @param standardError of the sampling; NaN where it isn't known
   */
  public record Attribution(int feature, double attribution, double standardError) {}

  /**
   * How the attributions were found.
   *
   * @param permutations how many were run through the model
   * @param seed that draws the same ones again
   * @param partial whether time or room ran out before all that were asked for
   */
  public record Sampling(int permutations, long seed, boolean partial) {}
}
