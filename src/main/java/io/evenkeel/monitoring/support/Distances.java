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
  private static final int BLOCK = 4;

  private final int[] slots;
  private final double[] mean;

  /** 1 / standard deviation. */
  private final double[] scale;

  /** 1 / L_jj. */
  private final double[] pivot;

  /** L below the diagonal, column after column: a column's elements are taken off in one go. */
  private final double[] columns;

  /** By column: what a row's number and this add up to is where it is. */
  private final int[] offsets;

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
    this.columns = new double[size * (size - 1) / 2];
    this.offsets = new int[size];
    int next = 0;
    for (int column = 0; column < size; column++) {
      offsets[column] = next - column - 1;
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
    double squared = solve(left);
    scratch.give(place, left);
    return squared;
  }

  /** Four columns at a time: what they take off is read and written once for all. */
  private double solve(double[] left) {
    int size = pivot.length;
    double[] factor = columns;
    double squared = 0;
    int column = 0;
    for (; column + BLOCK <= size; column += BLOCK) {
      int end = column + BLOCK;
      double a = takeOff(column, end, left);
      double b = takeOff(column + 1, end, left);
      double c = takeOff(column + 2, end, left);
      double d = takeOff(column + 3, end, left);
      squared += a * a + b * b + c * c + d * d;
      int atA = offsets[column];
      int atB = offsets[column + 1];
      int atC = offsets[column + 2];
      int atD = offsets[column + 3];
      for (int row = end; row < size; row++) {
        left[row] -=
            factor[atA + row] * a
                + factor[atB + row] * b
                + factor[atC + row] * c
                + factor[atD + row] * d;
      }
    }
    for (; column < size; column++) {
      double step = takeOff(column, size, left);
      squared += step * step;
    }
    return squared;
  }

  /**
   * Takes what a column lets expect off the elements after it, up to an end.
   *
   * @return the column's own element; 0 where it is missing, which is what is no number
   */
  private double takeOff(int column, int end, double[] left) {
    double step = left[column] * pivot[column];
    if (Double.isNaN(step)) {
      return 0;
    }
    int offset = offsets[column];
    for (int row = column + 1; row < end; row++) {
      left[row] -= columns[offset + row] * step;
    }
    return step;
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
