package io.evenkeel.contract;

import org.jspecify.annotations.Nullable;

/**
 * The ends of an ordered feature's range, or of a tensor's elements. An end that isn't set is
 * infinite. Dates count in days and date-times in seconds since 1970-01-01T00:00Z.
 */
public record Bounds(
    double minimum, double maximum, double exclusiveMinimum, double exclusiveMaximum) {
  public static final Bounds NONE =
      new Bounds(
          Double.NEGATIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.POSITIVE_INFINITY);

  /** One end of a range, with the name a contract and a violation use for it. */
  public enum End {
    MINIMUM("minimum", "at least "),
    MAXIMUM("maximum", "at most "),
    EXCLUSIVE_MINIMUM("exclusiveMinimum", "greater than "),
    EXCLUSIVE_MAXIMUM("exclusiveMaximum", "less than ");

    private final String rule;
    private final String words;

    End(String rule, String words) {
      this.rule = rule;
      this.words = words;
    }

    public String rule() {
      return rule;
    }

    /** The words before the bound in an error: {@code at least}. */
    public String words() {
      return words;
    }
  }

  /** The end that a finite value lies beyond, or null if it lies within the range. */
  public @Nullable End brokenBy(double value) {
    if (value < minimum) {
      return End.MINIMUM;
    }
    if (value > maximum) {
      return End.MAXIMUM;
    }
    if (value <= exclusiveMinimum && exclusiveMinimum != Double.NEGATIVE_INFINITY) {
      return End.EXCLUSIVE_MINIMUM;
    }
    if (value >= exclusiveMaximum && exclusiveMaximum != Double.POSITIVE_INFINITY) {
      return End.EXCLUSIVE_MAXIMUM;
    }
    return null;
  }

  /** The bound at an end; infinite where it isn't set. */
  public double at(End end) {
    return switch (end) {
      case MINIMUM -> minimum;
      case MAXIMUM -> maximum;
      case EXCLUSIVE_MINIMUM -> exclusiveMinimum;
      case EXCLUSIVE_MAXIMUM -> exclusiveMaximum;
    };
  }

  /** The nearest value within the inclusive bounds. */
  public double clamp(double value) {
    return Math.max(minimum, Math.min(maximum, value));
  }

  boolean hasInclusiveEnd() {
    return Double.isFinite(minimum) || Double.isFinite(maximum);
  }

  boolean hasExclusiveEnd() {
    return Double.isFinite(exclusiveMinimum) || Double.isFinite(exclusiveMaximum);
  }

  boolean isEmpty() {
    double low = Math.max(minimum, exclusiveMinimum);
    double high = Math.min(maximum, exclusiveMaximum);
    return low > high || (low == high && (low == exclusiveMinimum || high == exclusiveMaximum));
  }
}
