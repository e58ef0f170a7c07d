package io.evenkeel.contract;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads one feature's value from a request's body into a row, checking it on the way: one
 * implementation for each form of value. Immutable; leaves the parser on the value's last token.
 */
abstract sealed class FeatureReader
    permits NumberReader, BooleanReader, TextReader, TemporalReader, TensorReader {
  final Feature feature;
  final int index;
  final int slot;

  FeatureReader(Feature feature, int index, int slot) {
    this.feature = feature;
    this.index = index;
    this.slot = slot;
  }

  static FeatureReader of(Feature feature, int index, int slot) {
    return switch (feature.type()) {
      case NUMBER, INTEGER -> new NumberReader(feature, index, slot);
      case BOOLEAN -> new BooleanReader(feature, index, slot);
      case CATEGORY, STRING -> new TextReader(feature, index, slot);
      case DATE, DATETIME -> new TemporalReader(feature, index, slot);
      case TENSOR -> new TensorReader(feature, index, slot);
    };
  }

  /** Reads the value the parser stands on. */
  final void read(JsonParser json, Row row) {
    if (json.currentToken() != JsonToken.VALUE_NULL) {
      readValue(json, row);
    } else if (!feature.presence().nullable()) {
      row.findings().violate(feature, "nullable", expected() + ", not null", "null");
    }
  }

  /** Reads a value that isn't null. */
  abstract void readValue(JsonParser json, Row row);

  /** What would have been right, in words. */
  String expected() {
    return feature.type().expected();
  }

  final void refuseType(JsonParser json, Row row) {
    row.findings().violate(feature, "type", expected(), Received.token(json));
    json.skipChildren();
  }

  /**
   * Holds a number against the bounds and keeps it: as it is, clamped, or not at all.
   *
   * @param received how an error shows the value
   */
  final void keepInRange(double value, String received, Row row) {
    Bounds.End broken = feature.bounds().brokenBy(value);
    if (broken == null) {
      row.put(index, slot, value);
      return;
    }
    String limit = Ranges.limit(feature, broken);
    switch (feature.outOfRange()) {
      case REJECT -> row.findings().violate(feature, broken.rule(), limit, received);
      case CLAMP -> {
        row.put(index, slot, feature.bounds().clamp(value));
        row.findings()
            .warn(feature, "clamped", "should be " + limit + "; the nearest bound was used");
      }
      case WARN -> {
        row.put(index, slot, value);
        row.findings()
            .warn(feature, "outOfRange", "should be " + limit + "; the value was used as it is");
      }
    }
  }
}
