package io.evenkeel.monitoring.quality;

/**
 * A figure with the interval that holds the true one in 95 of 100 cases.
 *
 * @param value as measured
 * @param low the interval's lower end
 * @param high its upper end
 */
public record Estimate(double value, double low, double high) {
  private static final double Z = 1.959963984540054;

  /**
   * A share, with Wilson's score interval: E. B. Wilson, "Probable inference, the law of
   * succession, and statistical inference", JASA 22 (1927). It keeps its promise for small counts
   * and shares near 0 or 1 too, where the usual one doesn't.
   *
   * @param found how many have it
   * @param rows of how many, at least one
   */
  public static Estimate share(int found, int rows) {
    if (rows < 1 || found < 0 || found > rows) {
      throw new IllegalArgumentException(found + " of " + rows + " rows");
    }
    double share = (double) found / rows;
    double square = Z * Z / rows;
    double middle = (share + square / 2) / (1 + square);
    double half = Z / (1 + square) * Math.sqrt(share * (1 - share) / rows + square / (4 * rows));
    return new Estimate(share, Math.max(0, middle - half), Math.min(1, middle + half));
  }
}
