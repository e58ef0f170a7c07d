package io.evenkeel.contract.compatibility;

import io.evenkeel.contract.Bounds;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.FeatureType;

/**
 * The numbers between a feature's bounds, within what its type carries. Of whole numbers the ends
 * are whole too, and so included: greater than 0 is at least 1.
 *
 * @param isOpenBelow whether {@code low} itself lies outside
 * @param isOpenAbove whether {@code high} itself lies outside
 */
record Span(double low, boolean isOpenBelow, double high, boolean isOpenAbove) {
  /** What a contract's integers and numbers can be at most. */
  private static final double LARGEST_INTEGER = 9007199254740992.0;

  private static final double LARGEST_NUMBER = 3.4028235e38;

  static Span of(Feature feature) {
    Bounds bounds = feature.bounds();
    boolean openBelow = bounds.exclusiveMinimum() >= bounds.minimum();
    boolean openAbove = bounds.exclusiveMaximum() <= bounds.maximum();
    double low = Math.max(bounds.minimum(), bounds.exclusiveMinimum());
    double high = Math.min(bounds.maximum(), bounds.exclusiveMaximum());
    FeatureType type = feature.tensor() == null ? feature.type() : feature.tensor().elements();
    Span span = new Span(low, openBelow, high, openAbove);
    return switch (type) {
      case INTEGER -> span.ofWholeNumbers().within(LARGEST_INTEGER);
      case DATE -> span.ofWholeNumbers();
      case NUMBER -> span.within(LARGEST_NUMBER);
      case DATETIME, BOOLEAN, CATEGORY, STRING, TENSOR -> span;
    };
  }

  private Span ofWholeNumbers() {
    return new Span(
        isOpenBelow ? Math.floor(low) + 1 : Math.ceil(low),
        false,
        isOpenAbove ? Math.ceil(high) - 1 : Math.floor(high),
        false);
  }

  private Span within(double largest) {
    return new Span(
        Math.max(low, -largest),
        isOpenBelow && low >= -largest,
        Math.min(high, largest),
        isOpenAbove && high <= largest);
  }

  /** Where this span begins, to that of another: positive if it begins later. */
  int beginsAfter(Span other) {
    int order = Double.compare(low + 0.0, other.low + 0.0);
    return order != 0 ? order : Boolean.compare(isOpenBelow, other.isOpenBelow);
  }

  /** Where this span ends, to that of another: positive if it ends earlier. */
  int endsBefore(Span other) {
    int order = Double.compare(other.high + 0.0, high + 0.0);
    return order != 0 ? order : Boolean.compare(isOpenAbove, other.isOpenAbove);
  }
}
