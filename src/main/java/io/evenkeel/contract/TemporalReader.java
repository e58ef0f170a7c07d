package io.evenkeel.contract;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads dates and date-times. */
final class TemporalReader extends FeatureReader {
  TemporalReader(Place place) {
    super(place);
  }

  @Override
  void readValue(JsonParser json, Row row) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      refuseType(json, row);
      return;
    }
    String text = json.getString();
    double value = feature.type().parsed(text);
    if (Double.isNaN(value)) {
      row.findings().violate(feature, "format", expected(), Received.quoted(text));
    } else {
      keepInRange(value, Received.quoted(text), row);
    }
  }
}
