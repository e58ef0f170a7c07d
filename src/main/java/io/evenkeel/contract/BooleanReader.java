package io.evenkeel.contract;

import tools.jackson.core.JsonParser;

/** Reads {@code true} and {@code false}. */
final class BooleanReader extends FeatureReader {
  BooleanReader(Place place) {
    super(place);
  }

  @Override
  void readValue(JsonParser json, Row row) {
    switch (json.currentToken()) {
      case VALUE_TRUE -> row.put(index, slot, 1);
      case VALUE_FALSE -> row.put(index, slot, 0);
      case null, default -> refuseType(json, row);
    }
  }
}
