package io.evenkeel.monitoring.support;

/**
 * The inverse of a lower triangular L, laid out for {@code |L^-1 z|^2}: eight sums grow side by
 * side, where a substitution waits for each of its steps. Immutable and thread-safe; allocates
 * nothing.
 */
final class InverseFactor {
  private static final int BLOCK = 8;

  private final int size;

  /** Eight rows after another; of each eight column after column, up to their last. */
  private final double[] blocks;

  /**
   * @param factor L, row by row up to the diagonal
   */
  InverseFactor(double[][] factor) {
    this.size = factor.length;
    double[][] inverse = inverse(factor);
    int count = (size + BLOCK - 1) / BLOCK;
    // The first count - 1 have 8, 16 ... columns, the last has all.
    this.blocks = new double[BLOCK * (BLOCK * count * (count - 1) / 2 + size)];
    int next = 0;
    for (int first = 0; first < size; first += BLOCK) {
      for (int column = 0; column < end(first); column++) {
        for (int row = first; row < first + BLOCK; row++) {
          blocks[next++] = row < size && column <= row ? inverse[row][column] : 0;
        }
      }
    }
  }

  /** By substitution, row by row. */
  private static double[][] inverse(double[][] factor) {
    double[][] inverse = new double[factor.length][];
    for (int row = 0; row < factor.length; row++) {
      inverse[row] = new double[row + 1];
      for (int column = 0; column <= row; column++) {
        double sum = column == row ? 1 : 0;
        for (int k = column; k < row; k++) {
          sum -= factor[row][k] * inverse[k][column];
        }
        inverse[row][column] = sum / factor[row][row];
      }
    }
    return inverse;
  }

  private int end(int first) {
    return Math.min(first + BLOCK, size);
  }

  /** {@code |L^-1 z|^2}; NaN where one of the numbers is. */
  double squaredNorm(double[] z) {
    double squared = 0;
    int from = 0;
    for (int first = 0; first < size; first += BLOCK) {
      int columns = end(first);
      squared += squaredNorm(z, blocks, from, columns);
      from += BLOCK * columns;
    }
    return squared;
  }

  private static double squaredNorm(double[] z, double[] blocks, int from, int columns) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    double e = 0;
    double f = 0;
    double g = 0;
    double h = 0;
    for (int column = 0; column < columns; column++) {
      double factor = z[column];
      int at = from + BLOCK * column;
      a += blocks[at] * factor;
      b += blocks[at + 1] * factor;
      c += blocks[at + 2] * factor;
      d += blocks[at + 3] * factor;
      e += blocks[at + 4] * factor;
      f += blocks[at + 5] * factor;
      g += blocks[at + 6] * factor;
      h += blocks[at + 7] * factor;
    }
    return (a * a + b * b + c * c + d * d) + (e * e + f * f + g * g + h * h);
  }
}
