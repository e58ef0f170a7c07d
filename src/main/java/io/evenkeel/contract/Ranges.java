package io.evenkeel.contract;

/** Words about a feature's range, and the range that every number of a request lies in. */
final class Ranges {
  /** What a 32-bit float can hold; tensors of most models are made of them. */
  static final double LARGEST_NUMBER = Float.MAX_VALUE;

  /**
   * Up to here each integer is a different 64-bit float, which is what a JSON number carries
   * exactly (RFC 8259, 6).
   */
  static final double LARGEST_INTEGER = 9007199254740992.0;

  static final String NUMBER = "a finite number within ±3.4028235e38";
  static final String INTEGER = "an integer within ±9007199254740992";

  private Ranges() {}

  /** For example {@code at most 120 years}. */
  static String limit(Feature feature, Bounds.End end) {
    String unit = feature.documentation().unit();
    String limit = end.words() + feature.written(feature.bounds().at(end));
    return unit == null || feature.type() == FeatureType.TENSOR ? limit : limit + " (" + unit + ")";
  }
}
