package io.evenkeel.monitoring.statistics;

import java.math.BigInteger;
import java.util.random.RandomGenerator;

/**
 * Whole numbers with {@code P(z)} proportional to {@code exp(-|z| / scale)}, drawn exactly: with
 * whole numbers and coins only. Floating-point Laplace noise tells by its last bits what it was
 * added to (I. Mironov, "On significance of the least significant bits for differential privacy",
 * CCS 2012). The method is algorithms 1 and 2 of C. L. Canonne, G. Kamath and T. Steinke, "The
 * discrete Gaussian for differential privacy", NeurIPS 2020. Added to a count that one row changes
 * by at most 1, it keeps the row private with epsilon = 1 / scale (A. Ghosh, T. Roughgarden and M.
 * Sundararajan, "Universally utility-maximizing privacy mechanisms", SIAM J. Comput. 41 (2012)).
 * Not thread-safe.
 */
final class DiscreteLaplace {
  private static final long MOST = 1L << 40;

  private final RandomGenerator random;
  private final long over;
  private final long under;

  /**
   * The scale is {@code over / under}.
   *
   * @param random of a quality that nobody can predict, unless in tests
   */
  DiscreteLaplace(RandomGenerator random, long over, long under) {
    if (over < 1 || under < 1 || over > MOST || under > MOST) {
      throw new IllegalArgumentException("a scale of " + over + " / " + under);
    }
    long common = BigInteger.valueOf(over).gcd(BigInteger.valueOf(under)).longValueExact();
    this.random = random;
    this.over = over / common;
    this.under = under / common;
  }

  double scale() {
    return (double) over / under;
  }

  /** {@code sqrt(2 p) / (1 - p)} with {@code p = exp(-1 / scale)}. */
  double standardDeviation() {
    double p = Math.exp(-1 / scale());
    return Math.sqrt(2 * p) / (1 - p);
  }

  long next() {
    while (true) {
      long rest = random.nextLong(over);
      if (!isExpOf(rest, over)) {
        continue;
      }
      long whole = 0;
      while (isExpOf(1, 1)) {
        whole++;
      }
      long size = (rest + over * whole) / under;
      boolean negative = random.nextBoolean();
      // Else there would be two zeros.
      if (!negative || size != 0) {
        return negative ? -size : size;
      }
    }
  }

  /** True with the probability {@code exp(-a / b)}, for {@code 0 <= a <= b}. */
  private boolean isExpOf(long a, long b) {
    long k = 1;
    while (random.nextLong(Math.multiplyExact(b, k)) < a) {
      k++;
    }
    return k % 2 == 1;
  }
}
