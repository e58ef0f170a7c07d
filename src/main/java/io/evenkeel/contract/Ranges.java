package io.evenkeel.contract;

import java.math.BigDecimal;
import tools.jackson.core.JsonParser;

/** Words about a feature's range, and the range that every number of a request lies in. */
final class Ranges {
  /**
   * What a 32-bit float can hold, as its shortest text; tensors of most models are made of them.
   * Rounds to the largest float, and not to infinity.
   */
  static final double LARGEST_NUMBER = 3.4028235e38;

  /**
   * Up to here each integer is a different 64-bit float, which is what a JSON number carries
   * exactly (RFC 8259, 6).
   */
  static final double LARGEST_INTEGER = 9007199254740992.0;

  static final String NUMBER = "a finite number within ±3.4028235e38";
  static final String INTEGER = "an integer within ±9007199254740992";

  private static final BigDecimal LARGEST_NUMBER_EXACTLY = new BigDecimal("3.4028235e38");
  private static final BigDecimal LARGEST_INTEGER_EXACTLY = BigDecimal.valueOf(1L << 53);

  private Ranges() {}

  /** Whether the number the parser stands on is none that a 32-bit float can hold. */
  static boolean isBeyondNumbers(double value, JsonParser json) {
    return isBeyond(LARGEST_NUMBER, LARGEST_NUMBER_EXACTLY, value, json);
  }

  /** Whether the number the parser stands on is no integer that a 64-bit float carries exactly. */
  static boolean isBeyondIntegers(double value, JsonParser json) {
    return isBeyond(LARGEST_INTEGER, LARGEST_INTEGER_EXACTLY, value, json);
  }

  private static boolean isBeyond(double limit, BigDecimal exactly, double value, JsonParser json) {
    double size = Math.abs(value);
    // The next number beyond is rounded to the largest one within.
    return size > limit || (size == limit && json.getDecimalValue().abs().compareTo(exactly) > 0);
  }

  /** For example {@code at most 120 years}. */
  static String limit(Feature feature, Bounds.End end) {
    String unit = feature.documentation().unit();
    String limit = end.words() + feature.written(feature.bounds().at(end));
    return unit == null || feature.type() == FeatureType.TENSOR ? limit : limit + " (" + unit + ")";
  }
}
