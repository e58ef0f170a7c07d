package io.evenkeel.monitoring;

import java.util.List;

/**
 * How the numbers of a row go together in the training data, and how far from their middle the
 * training rows lie by that. Immutable.
 *
 * <p>A row's distance is Mahalanobis's: {@code sqrt((x - mean)' S^-1 (x - mean))}, S being the
 * covariance that {@code std} and {@code correlation} give.
 *
 * @param rows how many rows the means and correlations were made of
 * @param features at least 2, no more than {@value #MOST_FEATURES}; what is missing more often
 *     comes later
 * @param mean by feature
 * @param std by feature, greater than 0
 * @param correlation the correlations of each feature but the first with those before it
 * @param shares ascending, from 0 to 1
 * @param distances by share, the squared distance within which that share of the training rows lies
 */
public record Covariance(
    long rows,
    List<String> features,
    List<Double> mean,
    List<Double> std,
    List<List<Double>> correlation,
    List<Double> shares,
    List<Double> distances) {
  /** A row's distance takes time by the square of it. */
  public static final int MOST_FEATURES = 128;

  public Covariance {
    features = List.copyOf(features);
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    correlation = correlation.stream().map(List::copyOf).toList();
    shares = List.copyOf(shares);
    distances = List.copyOf(distances);
  }

  /**
   * The lower triangular L with L L' = the correlations, row by row; the row of a feature has as
   * many elements as there are features up to it.
   *
   * @throws ArithmeticException if there is none, because the correlations contradict each other
   */
  public double[][] factor() {
    double[][] factor = new double[features.size()][];
    for (int row = 0; row < factor.length; row++) {
      factor[row] = new double[row + 1];
      double left = 1;
      for (int column = 0; column < row; column++) {
        double sum = correlation.get(row - 1).get(column);
        for (int k = 0; k < column; k++) {
          sum -= factor[row][k] * factor[column][k];
        }
        factor[row][column] = sum / factor[column][column];
        left -= factor[row][column] * factor[row][column];
      }
      if (!(left > 0)) {
        throw new ArithmeticException(
            "the correlations of `" + features.get(row) + "` contradict each other");
      }
      factor[row][row] = Math.sqrt(left);
    }
    return factor;
  }
}
