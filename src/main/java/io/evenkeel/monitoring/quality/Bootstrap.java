package io.evenkeel.monitoring.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Intervals by the percentile bootstrap: B. Efron and R. Tibshirani, "An Introduction to the
 * Bootstrap" (1993), chapter 13. Each of {@value #REPLICATES} times the rows are drawn anew with
 * replacement; the interval leaves out a fortieth of the figures at either end. The seed is fixed,
 * so that the same rows give the same interval.
 */
final class Bootstrap {
  private static final int REPLICATES = 200;
  private static final int LEFT_OUT = REPLICATES / 40;
  private static final long SEED = 20_260_101;

  private Bootstrap() {}

  /**
   * Figures of the same rows.
   *
   * @param rows how many rows there are
   * @param figures each a function of how often each row counts; NaN where it has no value
   * @return an estimate for each figure, in their order
   */
  static List<Estimate> estimates(int rows, List<ToDoubleFunction<int[]>> figures) {
    double[][] replicates = replicates(rows, figures);
    List<Estimate> estimates = new ArrayList<>();
    for (int figure = 0; figure < figures.size(); figure++) {
      double value = once(rows, figures.get(figure));
      double[] sorted =
          Arrays.stream(replicates[figure]).filter(Double::isFinite).sorted().toArray();
      estimates.add(
          sorted.length < REPLICATES / 2
              ? new Estimate(value, Double.NaN, Double.NaN)
              : new Estimate(value, sorted[LEFT_OUT], sorted[sorted.length - 1 - LEFT_OUT]));
    }
    return estimates;
  }

  /**
   * The standard error of a figure: the standard deviation over the replicates. With it an interval
   * can be wider than its replicates reach.
   *
   * @return NaN where fewer than half of the replicates have a value
   */
  static double standardError(int rows, ToDoubleFunction<int[]> figure) {
    double[] values =
        Arrays.stream(replicates(rows, List.of(figure))[0]).filter(Double::isFinite).toArray();
    if (values.length < REPLICATES / 2) {
      return Double.NaN;
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }

  private static double[][] replicates(int rows, List<ToDoubleFunction<int[]>> figures) {
    int[] weights = new int[rows];
    double[][] replicates = new double[figures.size()][REPLICATES];
    SplittableRandom random = new SplittableRandom(SEED);
    for (int replicate = 0; replicate < REPLICATES; replicate++) {
      Arrays.fill(weights, 0);
      for (int i = 0; i < rows; i++) {
        weights[random.nextInt(rows)]++;
      }
      for (int figure = 0; figure < figures.size(); figure++) {
        replicates[figure][replicate] = figures.get(figure).applyAsDouble(weights);
      }
    }
    return replicates;
  }

  /** A figure of the rows as they are. */
  static double once(int rows, ToDoubleFunction<int[]> figure) {
    int[] ones = new int[rows];
    Arrays.fill(ones, 1);
    return figure.applyAsDouble(ones);
  }
}
