package io.evenkeel.serving.shadow;

/**
 * A share of rows, and between which shares the true one is with 95 % confidence: Wilson's score
 * interval (Probable Inference, the Law of Succession, and Statistical Inference, 1927), which
 * holds near 0 and 1 too. For one look; who looks again and again until he likes what he sees is
 * fooled.
 *
 * @param share from 0 to 1
 * @param least the interval's lower end
 * @param most the interval's upper end
 */
public record Agreement(double share, double least, double most) {
  /** The normal distribution's quantile at 97.5 %. */
  private static final double Z = 1.959963984540054;

  /**
   * @param rows at least one
   */
  static Agreement of(long agreeing, long rows) {
    double n = rows;
    double share = agreeing / n;
    double z2 = Z * Z / n;
    double middle = (share + z2 / 2) / (1 + z2);
    double half = Z / (1 + z2) * Math.sqrt(share * (1 - share) / n + z2 / (4 * n));
    return new Agreement(share, Math.max(0, middle - half), Math.min(1, middle + half));
  }
}
