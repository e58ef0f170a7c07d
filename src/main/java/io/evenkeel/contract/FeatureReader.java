package io.evenkeel.contract;

import org.jspecify.annotations.Nullable;
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
  private final RuleFlags flags;

  /** The bounds without those that aren't enforced. */
  private final Bounds enforced;

  FeatureReader(Place place) {
    this.feature = place.feature();
    this.index = place.index();
    this.slot = place.slot();
    this.flags = place.flags();
    this.enforced = Relaxation.bounds(feature, flags);
  }

  /**
   * Where a feature is kept, and which of its rules hold.
   *
   * @param index the feature's position in the contract
   * @param slot where a row keeps its number
   */
  record Place(Feature feature, int index, int slot, RuleFlags flags) {}

  static FeatureReader of(Feature feature, int index, int slot, RuleFlags flags) {
    Place place = new Place(feature, index, slot, flags);
    return switch (feature.type()) {
      case NUMBER, INTEGER -> new NumberReader(place);
      case BOOLEAN -> new BooleanReader(place);
      case CATEGORY, STRING -> new TextReader(place);
      case DATE, DATETIME -> new TemporalReader(place);
      case TENSOR -> new TensorReader(place);
    };
  }

  /** Reads the value the parser stands on. */
  final void read(JsonParser json, Row row) {
    if (json.currentToken() != JsonToken.VALUE_NULL) {
      readValue(json, row);
    } else if (!feature.presence().nullable()) {
      breaks(row, "nullable", expected() + ", not null", "null");
    }
  }

  /**
   * Notes that a rule is broken that can be switched.
   *
   * @return whether the row can't have the value: false where the rule isn't enforced
   */
  final boolean breaks(Row row, String rule, String expected, @Nullable String received) {
    return row.findings().breaks(feature, rule, expected, received, mode(rule));
  }

  /** What breaking a rule does at present. */
  final Enforcement mode(String rule) {
    return flags.of(feature.name(), rule);
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
    if (broken != null && mode(broken.rule()) != Enforcement.ENFORCED) {
      breaks(row, broken.rule(), Ranges.limit(feature, broken), received);
      // The same end may have another bound, which is.
      broken = enforced.brokenBy(value);
    }
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
