package io.evenkeel.monitoring.drift;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * How far a window's rows are from the reference, for people; never what raises an alarm, because
 * the same distance means much in a large window and nothing in a small one. Immutable.
 *
 * <p>The bins' shares are those of {@link StreamReference#probability}, half a row added to each
 * bin. Wasserstein and Kolmogorov-Smirnov look at values that are there, in bins: they see no
 * movement within a bin.
 *
 * @param rows in the window
 * @param psi the population stability index, {@code sum((q - p) ln(q / p))}
 * @param psiThreshold what PSI exceeds by chance in a share alpha of windows. Without drift PSI is
 *     about chi-squared with bins - 1 degrees of freedom times {@code 1/n + 1/m}: B. Yurdakul,
 *     "Statistical Properties of Population Stability Index" (Western Michigan University, 2018)
 * @param jensenShannon the distance (the root of the divergence) in base 2, from 0 to 1
 * @param wasserstein the earth mover's distance in standard deviations of the training data; empty
 *     where bins have no order, or the data no deviation
 * @param kolmogorovSmirnov the greatest difference of the cumulated shares at a bin's edge; empty
 *     where bins have no order
 */
public record EffectSizes(
    long rows,
    double psi,
    double psiThreshold,
    double jensenShannon,
    OptionalDouble wasserstein,
    OptionalDouble kolmogorovSmirnov) {

  /**
   * What a window's rows were expected to be.
   *
   * @param shares by bin
   * @param rows of how many rows that is known; of several seasons, of how many it is as sure
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed over, and neither kept nor compared.
  record Expected(double[] shares, double rows) {}

  static EffectSizes of(Binning binning, Expected expected, long[] counts, double alpha) {
    long rows = Arrays.stream(counts).sum();
    double psi = 0;
    double divergence = 0;
    for (int bin = 0; bin < counts.length; bin++) {
      double p = expected.shares()[bin];
      double q = share(counts, rows, bin);
      psi += (q - p) * Math.log(q / p);
      divergence += (p * Math.log(2 * p / (p + q)) + q * Math.log(2 * q / (p + q))) / 2;
    }
    double quantile =
        ChiSquaredDistribution.of(counts.length - 1.0).inverseSurvivalProbability(alpha);
    double threshold = quantile * (1.0 / rows + 1.0 / expected.rows());
    double distance = Math.sqrt(Math.max(0, divergence) / Math.log(2));
    return switch (binning) {
      case NumberBins numbers -> {
        double[] gaps = gaps(numbers.reference(), expected.shares(), counts, rows);
        yield new EffectSizes(
            rows,
            psi,
            threshold,
            distance,
            wasserstein(numbers, gaps),
            OptionalDouble.of(Arrays.stream(gaps).max().orElse(0)));
      }
      case TextBins _ ->
          new EffectSizes(
              rows, psi, threshold, distance, OptionalDouble.empty(), OptionalDouble.empty());
    };
  }

  private static double share(long[] counts, long rows, int bin) {
    double prior = StreamReference.PRIOR;
    return (counts[bin] + prior) / (rows + prior * counts.length);
  }

  /** Differences of the cumulated shares after each bin of values, of the values that are there. */
  private static double[] gaps(
      StreamReference reference, double[] expected, long[] counts, long rows) {
    double[] gaps = new double[reference.values()];
    double p = 0;
    double q = 0;
    for (int bin = 0; bin < gaps.length; bin++) {
      p += expected[bin];
      q += share(counts, rows, bin);
    }
    double before = 0;
    for (int bin = 0; bin < gaps.length; bin++) {
      before += share(counts, rows, bin) / q - expected[bin] / p;
      gaps[bin] = Math.abs(before);
    }
    return gaps;
  }

  private static OptionalDouble wasserstein(NumberBins numbers, double[] gaps) {
    NumberBins.Scale scale = numbers.scale();
    if (scale.deviation() == 0) {
      return OptionalDouble.empty();
    }
    double moved = 0;
    for (int bin = 0; bin + 1 < scale.middles().size(); bin++) {
      moved += gaps[bin] * (scale.middles().get(bin + 1) - scale.middles().get(bin));
    }
    return OptionalDouble.of(moved / scale.deviation());
  }
}
