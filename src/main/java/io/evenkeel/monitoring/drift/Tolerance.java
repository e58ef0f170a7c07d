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
 * <p>How surely the error is covered depends on how many streams there are and how far the bet is.
 * Say that a reference's error is a deviations in the direction of a bet, and z of them are
 * covered. Then R's tail falls like R to the power -k, with {@code k = 1 - 2 (a - z) / (sqrt(m) |q
 * - p|)}, and alarms come after c to the power k rows instead of c. Bets that are close to the
 * reference, as the learnt one is, suffer most; and among many streams there always is one with a
 * large a. So for a close bet z is the quantile that covers all streams together, and for a far one
 * the quantile that covers this one, as long as k stays above 0.85 for the worst stream.
 *
 * <p>A constant factor 1 + eps that covers a bet at full distance, sqrt(bins / m), would be paid by
 * the small bets too, and hide small shifts for ever.
 */
final class Tolerance {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** Half of what k may lack: with less, small shifts take longer to find. */
  private static final double RELIEF = 0.075;

  private final StreamReference reference;
  private final DriftSettings settings;
  private final double assuranceOfAll;

  /**
   * @param streams how many are watched together
   */
  Tolerance(StreamReference reference, DriftSettings settings, int streams) {
    this.reference = reference;
    this.settings = settings;
    this.assuranceOfAll = 1 - (1 - settings.assurance()) / streams;
  }

  /** For a q that points anywhere: what to multiply its distance by. */
  double anywhere() {
    double quantile =
        ChiSquaredDistribution.of(reference.size() - 1.0)
            .inverseCumulativeProbability(assuranceOfAll);
    return Math.sqrt(quantile / reference.rows());
  }

  /** The divisor for a q that is fixed. */
  double fixed(double distance) {
    return 1 + deviations(distance) * distance / root() + settings.insignificance();
  }

  /** The divisor for a q that moves a share of the rows into one bin. */
  double lifted(int bin, double share) {
    double probability = reference.probability(bin);
    double covered =
        NORMAL.cumulativeProbability(deviations(share * Math.sqrt(1 / probability - 1)));
    long count = reference.count(bin);
    double most =
        BetaDistribution.of(
                count + StreamReference.PRIOR, reference.rows() - count + StreamReference.PRIOR)
            .inverseCumulativeProbability(covered);
    double ratio = Math.max(1, most / probability);
    return 1 - share + share * ratio + settings.insignificance();
  }

  private double deviations(double distance) {
    double one = NORMAL.inverseCumulativeProbability(settings.assurance());
    double all = NORMAL.inverseCumulativeProbability(assuranceOfAll);
    return Math.max(one, all - RELIEF * root() * distance);
  }

  private double root() {
    return Math.sqrt((double) reference.rows());
  }
}
