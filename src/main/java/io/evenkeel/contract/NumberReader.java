package io.evenkeel.contract;

import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads numbers and integers. Nothing is coerced: a string is no number, and 12.5 no integer. */
final class NumberReader extends FeatureReader {
  private final boolean whole;
  private final double[] allowed;

  NumberReader(Place place) {
    super(place);
    this.whole = feature.type() == FeatureType.INTEGER;
    this.allowed =
        feature.text().unknown() == UnknownCategory.REJECT
            ? feature.text().values().stream().mapToDouble(Double::parseDouble).sorted().toArray()
            : new double[0];
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
    boolean isListed = allowed.length == 0 || Arrays.binarySearch(allowed, value) >= 0;
    if (!isListed
        && breaks(row, "values", "one of " + feature.text().values(), Received.token(json))) {
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
    if (!Ranges.isBeyondNumbers(value, json) || isClamped(value)) {
      return false;
    }
    row.findings().violate(feature, "finite", Ranges.NUMBER, Received.token(json));
    return true;
  }

  /** Whether a number beyond all floats becomes one within. */
  private boolean isClamped(double value) {
    Bounds.End broken = feature.bounds().brokenBy(value);
    return feature.outOfRange() == OutOfRange.CLAMP
        && Double.isFinite(value)
        && broken != null
        && mode(broken.rule()) == Enforcement.ENFORCED
        && Math.abs(feature.bounds().clamp(value)) <= Ranges.LARGEST_NUMBER;
  }
}
