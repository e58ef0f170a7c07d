package io.evenkeel.rollout;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** How numbers are written for people. */
final class Words {
  private Words() {}

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 5.1 %}: two digits that count. */
  static String percent(double share) {
    double percent = 100 * share;
    return (percent >= 99.5 ? String.format(Locale.ROOT, "%.1f", percent) : plain(percent, 2))
        + " %";
  }

  /** A share as a plan writes it: {@code 2.5%}. */
  static String written(double share) {
    return plain(100 * share, 12) + "%";
  }

  static String plain(double value, int digits) {
    return new BigDecimal(value, new MathContext(digits)).stripTrailingZeros().toPlainString();
  }

  /** With three digits that count. */
  static String three(double value) {
    return plain(value, 3);
  }

  /** What a capital is: {@code 0.3}, {@code 41}, {@code 3.1e6}; from its natural logarithm. */
  static String evidence(double log) {
    double log10 = log / Math.log(10);
    if (log10 < -3) {
      return "less than 0.001";
    }
    if (log10 < 4) {
      return plain(Math.exp(log), 2);
    }
    double exponent = Math.floor(log10);
    return String.format(Locale.ROOT, "%.1fe%.0f", Math.pow(10, log10 - exponent), exponent);
  }

  /** {@code 41 ms}. */
  static String nanos(double nanos) {
    return nanos < 1e3
        ? plain(nanos, 3) + " ns"
        : nanos < 1e6
            ? plain(nanos / 1e3, 3) + " µs"
            : nanos < 1e9 ? plain(nanos / 1e6, 3) + " ms" : plain(nanos / 1e9, 3) + " s";
  }

  /** {@code 1h 30m}; seconds only below an hour. */
  static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    String words =
        (seconds >= 3600 ? seconds / 3600 + "h " : "")
            + (seconds % 3600 >= 60 ? seconds % 3600 / 60 + "m " : "")
            + (seconds < 3600 && seconds % 60 > 0 ? seconds % 60 + "s" : "");
    return words.isBlank() ? "0s" : words.strip();
  }
}
