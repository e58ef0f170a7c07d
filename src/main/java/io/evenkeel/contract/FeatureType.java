package io.evenkeel.contract;

import java.time.Instant;
import java.time.LocalDate;

/** The types a feature can have, with the words an error uses for what it expects. */
public enum FeatureType {
  NUMBER("a number"),
  INTEGER("an integer"),
  BOOLEAN("true or false"),
  CATEGORY("a string, one of the allowed values"),
  STRING("a string"),
  DATE("a date as a string, for example \"2026-11-24\""),
  DATETIME("a date-time with an offset as a string, for example \"2026-11-24T08:30:00Z\""),
  TENSOR("nested arrays of numbers");

  private static final double LARGEST_EXACT = 1e15;

  private final String expected;

  FeatureType(String expected) {
    this.expected = expected;
  }

  /** What an error says it expected. */
  public String expected() {
    return expected;
  }

  /** Whether values of this type can be bounded and compared. */
  public boolean isOrdered() {
    return switch (this) {
      case NUMBER, INTEGER, DATE, DATETIME -> true;
      case BOOLEAN, CATEGORY, STRING, TENSOR -> false;
    };
  }

  /** Whether values of this type are kept as text. */
  public boolean isText() {
    return this == CATEGORY || this == STRING;
  }

  /** Whether values of this type are points in time. */
  public boolean isTemporal() {
    return this == DATE || this == DATETIME;
  }

  /** A value a row keeps as a number, the way a request would write it. */
  public String written(double value) {
    return switch (this) {
      case DATE -> LocalDate.ofEpochDay((long) value).toString();
      case DATETIME -> instant(value).toString();
      case BOOLEAN -> value == 0 ? "false" : "true";
      default ->
          value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT
              ? Long.toString((long) value)
              : Double.toString(value);
    };
  }

  /**
   * The number that {@link #written} writes so; NaN where the text is no value of an ordered type.
   */
  double parsed(String text) {
    return switch (this) {
      case DATE -> Temporals.epochDay(text);
      case DATETIME -> Temporals.epochSecond(text);
      case NUMBER, INTEGER -> parsedNumber(text);
      case BOOLEAN, CATEGORY, STRING, TENSOR -> Double.NaN;
    };
  }

  private double parsedNumber(String text) {
    try {
      double value = Double.parseDouble(text);
      boolean fits = Double.isFinite(value) && (this == NUMBER || value == Math.rint(value));
      return fits ? value : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static Instant instant(double seconds) {
    double whole = Math.floor(seconds);
    return Instant.ofEpochSecond((long) whole, Math.round((seconds - whole) * 1e9));
  }
}
