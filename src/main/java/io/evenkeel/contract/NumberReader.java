package io.evenkeel.contract;

import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads numbers and integers. Nothing is coerced: a string is no number, and 12.5 no integer. */
final class NumberReader extends FeatureReader {
  private final boolean whole;
  private final double[] allowed;

  NumberReader(Feature feature, int index, int slot) {
    super(feature, index, slot);
    this.whole = feature.type() == FeatureType.INTEGER;
    this.allowed =
        feature.text().values().stream().mapToDouble(Double::parseDouble).sorted().toArray();
  }

  @Override
  void readValue(JsonParser json, Row row) {
    JsonToken token = json.currentToken();
    if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
      refuseType(json, row);
      return;
    }
    double value = json.getDoubleValue();
    if (whole ? isUnfitInteger(value, json, row) : isUnfitNumber(value, json, row)) {
      return;
    }
    if (allowed.length > 0 && Arrays.binarySearch(allowed, value) < 0) {
      row.findings()
          .violate(feature, "values", "one of " + feature.text().values(), Received.token(json));
      return;
    }
    if (feature.bounds().brokenBy(value) == null) {
      row.put(index, slot, value);
    } else {
      keepInRange(value, Received.token(json), row);
    }
  }

  private boolean isUnfitInteger(double value, JsonParser json, Row row) {
    if (Ranges.isBeyondIntegers(value, json)) {
      row.findings().violate(feature, "finite", Ranges.INTEGER, Received.token(json));
      return true;
    }
    if (value != Math.rint(value)) {
      row.findings().violate(feature, "type", expected(), Received.token(json));
      return true;
    }
    return false;
  }

  private boolean isUnfitNumber(double value, JsonParser json, Row row) {
    boolean clamps = feature.outOfRange() == OutOfRange.CLAMP && Double.isFinite(value);
    double kept = clamps ? feature.bounds().clamp(value) : value;
    if (Math.abs(kept) <= Ranges.LARGEST_NUMBER) {
      return false;
    }
    row.findings().violate(feature, "finite", Ranges.NUMBER, Received.token(json));
    return true;
  }
}
