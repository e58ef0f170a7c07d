package io.evenkeel.explain;

import io.evenkeel.monitoring.Importance;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Whether a feature matters more or less than it did: Welch's statistic of the two mean absolute
 * attributions, against the bound that Student's t distribution with the smaller sample's degrees
 * of freedom gives for all features together (Bonferroni). For normal values that is a probability
 * of at most {@link #ALPHA} that any feature of a window is said to have shifted though none has.
 * Attributions are skewed instead, which makes it some times as much; docs/explain.md has what a
 * simulation says. Pure.
 */
final class ImportanceShift {
  /** The nominal probability of a false word about a window. */
  static final double ALPHA = 0.001;

  private ImportanceShift() {}

  /**
   * The difference of the means in standard errors; 0 where there is none, infinite where both
   * samples are constant and differ.
   */
  static double statistic(
      Importance.Spread lately, long rows, Importance.Spread before, long rowsBefore) {
    double difference = lately.mean() - before.mean();
    double variance =
        lately.deviation() * lately.deviation() / rows
            + before.deviation() * before.deviation() / rowsBefore;
    return difference == 0 ? 0 : difference / Math.sqrt(variance);
  }

  /**
   * From which absolute statistic on a feature is said to have shifted.
   *
   * @param rows of the smaller of the two samples, at least 2
   * @param features how many are looked at together
   */
  static double bound(long rows, int features) {
    return TDistribution.of(rows - 1.0)
        .inverseSurvivalProbability(ALPHA / 2 / Math.max(1, features));
  }
}
