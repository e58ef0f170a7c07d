package io.evenkeel.cli.draft;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Bounds wider than what was seen, in round numbers.
 *
 * @param minimum as a contract writes it
 * @param maximum as a contract writes it
 */
record Range(String minimum, String maximum) {
  private static final double LARGEST = 3e38;
  private static final double LARGEST_WHOLE = 9e15;
  private static final int[] STEPS = {1, 2, 5, 10};

  /**
   * Twice the seen range further on both sides, then outwards to 1, 2 or 5 times a power of ten.
   * What is never negative stays so.
   */
  static Range around(double min, double max, boolean whole) {
    if (whole && min >= 0 && max <= 1) {
      return new Range("0", "1");
    }
    double width = max > min ? max - min : Math.max(1, Math.abs(max));
    double low = min - 2 * width;
    double limit = whole ? LARGEST_WHOLE : LARGEST;
    double minimum = min >= 0 && low < 0 ? 0 : -round(-low);
    return new Range(
        written(Math.max(minimum, -limit)), written(Math.min(round(max + 2 * width), limit)));
  }

  /** The next round number upwards. */
  private static double round(double value) {
    if (value == 0) {
      return 0;
    }
    double size = Math.abs(value);
    double power = Math.pow(10, Math.floor(Math.log10(size)));
    double down = power;
    for (int step : STEPS) {
      double candidate = clean(step * power);
      if (value > 0 && candidate >= size) {
        return candidate;
      }
      if (candidate <= size) {
        down = candidate;
      }
    }
    return value > 0 ? clean(10 * power) : -down;
  }

  /** Without the dust of 10 to a negative power. */
  private static double clean(double value) {
    return new BigDecimal(value).round(new MathContext(1)).doubleValue();
  }

  static String written(double value) {
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    return Math.abs(value) < 1e15 && (value == 0 || Math.abs(value) > 1e-9)
        ? exact.toPlainString()
        : exact.toString();
  }
}
