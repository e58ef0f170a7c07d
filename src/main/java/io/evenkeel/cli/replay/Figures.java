package io.evenkeel.cli.replay;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for people. */
public final class Figures {
  private static final MathContext DIGITS = new MathContext(4);

  private Figures() {}

  /** Four significant digits, without an exponent unless it is very small or large. */
  public static String number(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    double size = Math.abs(value);
    return size >= 1e-5 && size < 1e9 ? rounded.toPlainString() : rounded.toString();
  }

  /** A share in percent. */
  public static String percent(double share) {
    if (share > 0 && share < 0.0001) {
      return "<0.01 %";
    }
    if (share < 1 && share > 0.9999) {
      return ">99.99 %";
    }
    BigDecimal percent = BigDecimal.valueOf(share * 100);
    MathContext digits = new MathContext(share >= 0.995 && share < 1 ? 4 : 3);
    return percent.round(digits).stripTrailingZeros().toPlainString() + " %";
  }
}
