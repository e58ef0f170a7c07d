package io.evenkeel.contract;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads dates and date-times. */
final class TemporalReader extends FeatureReader {
  TemporalReader(Feature feature, int index, int slot) {
    super(feature, index, slot);
  }

  @Override
  void readValue(JsonParser json, Row row) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      refuseType(json, row);
      return;
    }
    String text = json.getString();
    double value = valueOf(feature.type(), text);
    if (Double.isNaN(value)) {
      row.findings().violate(feature, "format", expected(), Received.quoted(text));
    } else {
      keepInRange(value, Received.quoted(text), row);
    }
  }

  /** Days or seconds since 1970-01-01T00:00Z; NaN if the text isn't of the type. */
  static double valueOf(FeatureType type, String text) {
    return type == FeatureType.DATE ? Temporals.epochDay(text) : Temporals.epochSecond(text);
  }
}
