package io.evenkeel.monitoring.drift;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * By how much a bet is shortened because the reference was itself drawn at random.
 *
 * <p>Let p be the reference's probabilities, p* the true ones, and |v| the root of the sum of v² /
 * p over bins. A bet on q pays {@code q(x) / p(x)}, in the mean {@code 1 + sum((p* - p)(q - p) /
 * p)}. So what the reference's error can add grows with the bet's own distance |q - p|:
 *
 * <ul>
 *   <li>for a q that is made of the traffic, and may point anywhere, it is at most |p* - p| |q - p|
 *       (Cauchy and Schwarz), and m |p* - p|² is chi-squared with bins - 1 degrees of freedom;
 *   <li>for a q that is fixed beforehand, it is normal with deviation |q - p| / sqrt(m);
 *   <li>for a q that only lifts one bin, it is exactly linear in that bin's p*, whose upper bound
 *       is a quantile of a beta distribution.
 * </ul>
 *
 * <p>A constant factor 1 + eps that covers a bet at full distance, sqrt(bins / m), would be paid by
 * the small bets too, and hide small shifts for ever.
 */
final class Tolerance {
  private final StreamReference reference;
  private final DriftSettings settings;

  Tolerance(StreamReference reference, DriftSettings settings) {
    this.reference = reference;
    this.settings = settings;
  }

  /** For a q that points anywhere: what to multiply its distance by. */
  double anywhere() {
    double quantile =
        ChiSquaredDistribution.of(reference.size() - 1.0)
            .inverseCumulativeProbability(settings.assurance());
    return Math.sqrt(quantile / reference.rows());
  }

  /** The divisor for a q that is fixed. */
  double fixed(double distance) {
    double deviations =
        NormalDistribution.of(0, 1).inverseCumulativeProbability(settings.assurance());
    return 1
        + deviations * distance / Math.sqrt((double) reference.rows())
        + settings.insignificance();
  }

  /** The divisor for a q that moves a share of the rows into one bin. */
  double lifted(int bin, double share) {
    long count = reference.count(bin);
    double most =
        BetaDistribution.of(
                count + StreamReference.PRIOR, reference.rows() - count + StreamReference.PRIOR)
            .inverseCumulativeProbability(settings.assurance());
    double ratio = Math.max(1, most / reference.probability(bin));
    return 1 - share + share * ratio + settings.insignificance();
  }
}
