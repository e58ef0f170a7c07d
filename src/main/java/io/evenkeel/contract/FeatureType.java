package io.evenkeel.contract;

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
}
