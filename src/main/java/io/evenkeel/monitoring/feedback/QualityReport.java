package io.evenkeel.monitoring.feedback;

import io.evenkeel.monitoring.quality.ConfidenceTally;
import io.evenkeel.monitoring.quality.Estimate;
import io.evenkeel.monitoring.quality.ExpectedAccuracy;
import io.evenkeel.monitoring.quality.GroupComparison;
import io.evenkeel.monitoring.quality.Metric;
import io.evenkeel.monitoring.quality.Reliability;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How good a version's predictions are, as far as it is known.
 *
 * @param confidence of the last day; null where nothing was classified
 * @param outcomes what the figures are made of
 * @param figures empty while there are too few outcomes
 * @param reliability null while there are too few outcomes, and for values
 * @param expected an estimate without outcomes; null for values, and while there are too few
 *     predictions
 * @param groups by the attribute of the contract's {@code fairness}; null where it has none
 */
public record QualityReport(
    ConfidenceTally.@Nullable Report confidence,
    Outcomes outcomes,
    Map<Metric, Estimate> figures,
    @Nullable Reliability reliability,
    @Nullable ExpectedAccuracy expected,
    @Nullable GroupComparison groups) {
  public QualityReport {
    figures = Map.copyOf(figures);
  }

  /**
   * The predictions in the window whose outcome is known.
   *
   * @param count how many there are
   * @param needed how many it takes for figures
   * @param from when the first of them was made; null where there is none
   * @param to when the last of them was made; null where there is none
   */
  public record Outcomes(int count, int needed, @Nullable Instant from, @Nullable Instant to) {}
}
