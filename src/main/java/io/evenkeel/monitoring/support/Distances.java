package io.evenkeel.monitoring.support;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Row;
import io.evenkeel.monitoring.Covariance;
import java.util.List;

/**
 * How far from the middle of the training rows a row lies, by its numbers taken together. Immutable
 * but for its scratch arrays, and thread-safe; allocates nothing.
 *
 * <p>The squared Mahalanobis distance is {@code |y|^2} with {@code L y = z}: z is the row in
 * standard deviations, {@code L L'} the correlations (Cholesky). Element by element, y_j is what
 * z_j has beyond that which the elements before it let expect, in its own deviations. So a missing
 * value adds nothing: it is where those before it let expect it. If those that are missing come
 * last, the distance is that of the others among themselves.
 */
final class Distances {
  /** Scores are whole ten-thousandths, so that a rounding in the last digit shows nowhere. */
  private static final double STEPS = 1e4;

  private static final double ROUNDING = 1e-6;

  private final int[] slots;
  private final double[] mean;

  /** 1 / standard deviation. */
  private final double[] scale;

  /** 1 / L_jj. */
  private final double[] pivot;

  /** L below the diagonal, column after column: a column's elements are taken off in one go. */
  private final double[] columns;

  /** For rows without a missing value, where it is faster. */
  private final InverseFactor inverse;

  private final double[] shares;
  private final double[] limits;
  private final Scratch scratch;

  Distances(Contract contract, Covariance covariance) {
    List<String> features = covariance.features();
    int size = features.size();
    this.slots =
        features.stream().mapToInt(name -> contract.slot(contract.indexOf(name))).toArray();
    this.mean = toArray(covariance.mean());
    this.scale = covariance.std().stream().mapToDouble(std -> 1 / std).toArray();
    this.shares = toArray(covariance.shares());
    this.limits = toArray(covariance.distances());
    this.scratch = new Scratch(size);
    double[][] factor = covariance.factor();
    this.pivot = new double[size];
    this.inverse = new InverseFactor(factor);
    this.columns = new double[size * (size - 1) / 2];
    int next = 0;
    for (int column = 0; column < size; column++) {
      pivot[column] = 1 / factor[column][column];
      for (int row = column + 1; row < size; row++) {
        columns[next++] = factor[row][column];
      }
    }
  }

  private static double[] toArray(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The share of the training rows that lie nearer, from 0 to 1, in whole ten-thousandths. */
  float share(Row row) {
    return share(squared(row));
  }

  /** The squared distance. */
  double squared(Row row) {
    int place = scratch.place();
    double[] left = scratch.take(place);
    for (int i = 0; i < slots.length; i++) {
      left[i] = (row.number(slots[i]) - mean[i]) * scale[i];
    }
    double squared = inverse.squaredNorm(left);
    if (Double.isNaN(squared)) {
      squared = solve(left);
    }
    scratch.give(place, left);
    return squared;
  }

  private double solve(double[] left) {
    int size = pivot.length;
    double[] factor = columns;
    double squared = 0;
    int at = 0;
    for (int column = 0; column < size; column++) {
      double step = left[column] * pivot[column];
      // What is no number is missing.
      if (!Double.isNaN(step)) {
        squared += step * step;
        int offset = at - column - 1;
        for (int row = column + 1; row < size; row++) {
          left[row] -= factor[offset + row] * step;
        }
      }
      at += size - column - 1;
    }
    return squared;
  }

  /** The share of the training rows within a squared distance; between two known ones a line. */
  float share(double squared) {
    int last = limits.length - 1;
    double share;
    // So written, what is no number counts as far.
    if (!(squared < limits[last])) {
      share = shares[last];
    } else {
      int above = 0;
      while (limits[above] <= squared) {
        above++;
      }
      double low = above == 0 ? 0 : limits[above - 1];
      double from = above == 0 ? 0 : shares[above - 1];
      share = from + (shares[above] - from) * (squared - low) / (limits[above] - low);
    }
    return (float) (Math.floor(share * STEPS + ROUNDING) / STEPS);
  }
}
