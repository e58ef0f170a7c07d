package io.evenkeel.monitoring.quality;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The rising function that is nearest to points in the sense of least squares, by pooling adjacent
 * violators: M. Ayer et al., "An empirical distribution function for sampling with incomplete
 * information", Annals of Mathematical Statistics 26 (1955); for calibration: B. Zadrozny and C.
 * Elkan, "Transforming classifier scores into accurate multiclass probability estimates", KDD 2002.
 * Between points it is linear, beyond them it stays as it is at the ends. Immutable.
 */
final class IsotonicRegression {
  private final double[] places;
  private final double[] values;

  private IsotonicRegression(double[] places, double[] values) {
    this.places = places;
    this.values = values;
  }

  /**
   * Fits it.
   *
   * @param x the places, at least one
   * @param y the value at each
   */
  static IsotonicRegression fit(double[] x, double[] y) {
    int[] order =
        IntStream.range(0, x.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> x[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] places = new double[x.length];
    double[] sums = new double[x.length];
    double[] weights = new double[x.length];
    int size = 0;
    for (int i : order) {
      if (size == 0 || places[size - 1] != x[i]) {
        places[size++] = x[i];
      }
      sums[size - 1] += y[i];
      weights[size - 1]++;
    }
    return new IsotonicRegression(Arrays.copyOf(places, size), pooled(sums, weights, size));
  }

  /** Each block of places whose means would fall gets one mean. */
  private static double[] pooled(double[] sums, double[] weights, int size) {
    double[] blockSums = new double[size];
    double[] blockWeights = new double[size];
    int[] ends = new int[size];
    int blocks = 0;
    for (int i = 0; i < size; i++) {
      blockSums[blocks] = sums[i];
      blockWeights[blocks] = weights[i];
      ends[blocks++] = i + 1;
      while (blocks > 1
          && blockSums[blocks - 2] / blockWeights[blocks - 2]
              >= blockSums[blocks - 1] / blockWeights[blocks - 1]) {
        blockSums[blocks - 2] += blockSums[blocks - 1];
        blockWeights[blocks - 2] += blockWeights[blocks - 1];
        ends[blocks - 2] = ends[blocks - 1];
        blocks--;
      }
    }
    double[] values = new double[size];
    int start = 0;
    for (int block = 0; block < blocks; block++) {
      Arrays.fill(values, start, ends[block], blockSums[block] / blockWeights[block]);
      start = ends[block];
    }
    return values;
  }

  double at(double x) {
    int found = Arrays.binarySearch(places, x);
    if (found >= 0) {
      return values[found];
    }
    int next = -found - 1;
    if (next == 0 || next == places.length) {
      return values[next == 0 ? 0 : next - 1];
    }
    double part = (x - places[next - 1]) / (places[next] - places[next - 1]);
    return values[next - 1] + part * (values[next] - values[next - 1]);
  }
}
