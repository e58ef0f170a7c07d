package io.evenkeel.contract;

import java.util.List;
import java.util.Objects;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a tensor: nested arrays of exactly the contract's shape, row by row into consecutive slots.
 */
final class TensorReader extends FeatureReader {
  private final Feature.TensorRules rules;
  private final List<Integer> shape;

  TensorReader(Place place) {
    super(place);
    this.rules = Objects.requireNonNull(feature.tensor());
    this.shape = rules.shape();
  }

  @Override
  String expected() {
    return "nested arrays of the shape " + shape;
  }

  @Override
  void readValue(JsonParser json, Row row) {
    if (json.currentToken() == JsonToken.START_ARRAY) {
      new Reading(json, row).readAll();
    } else {
      refuseType(json, row);
    }
  }

  /** The state of one reading: where it stands, and whether something was wrong. */
  private final class Reading {
    private final JsonParser json;
    private final Row row;

    /** The position of the current item within each array around it. */
    private final int[] place = new int[shape.size()];

    private int next = slot;
    private boolean broken;
    private boolean warned;

    Reading(JsonParser json, Row row) {
      this.json = json;
      this.row = row;
    }

    void readAll() {
      readArray(0);
      if (!broken) {
        row.markPresent(index);
      }
    }

    /** Reads the array the parser stands at the start of. */
    private void readArray(int depth) {
      int length = shape.get(depth);
      int count = 0;
      for (JsonToken token = json.nextToken();
          token != JsonToken.END_ARRAY;
          token = json.nextToken()) {
        if (count < length) {
          place[depth] = count;
          readItem(token, depth);
        } else {
          json.skipChildren();
        }
        count++;
      }
      if (count != length) {
        refuse(depth, "shape", arrayOf(length), "an array of " + count);
      }
    }

    private void readItem(JsonToken token, int depth) {
      if (depth + 1 == shape.size()) {
        readElement(token, depth + 1);
      } else if (token == JsonToken.START_ARRAY) {
        readArray(depth + 1);
      } else {
        refuse(depth + 1, "shape", arrayOf(shape.get(depth + 1)), Received.token(json));
        json.skipChildren();
      }
    }

    private void readElement(JsonToken token, int depth) {
      if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
        refuse(depth, "type", rules.elements().expected(), Received.token(json));
        json.skipChildren();
        return;
      }
      double value = json.getDoubleValue();
      boolean whole = rules.elements() == FeatureType.INTEGER;
      boolean beyond =
          whole ? Ranges.isBeyondIntegers(value, json) : Ranges.isBeyondNumbers(value, json);
      if (beyond) {
        refuse(depth, "finite", whole ? Ranges.INTEGER : Ranges.NUMBER, Received.token(json));
      } else if (whole && value != Math.rint(value)) {
        refuse(depth, "type", rules.elements().expected(), Received.token(json));
      } else {
        Bounds.End broken = feature.bounds().brokenBy(value);
        keep(broken == null ? value : bounded(value, broken, depth));
      }
    }

    private double bounded(double value, Bounds.End beyond, int depth) {
      String limit = Ranges.limit(feature, beyond);
      if (mode(beyond.rule()) != Enforcement.ENFORCED) {
        noteOnce(beyond.rule(), limit);
        return value;
      }
      switch (feature.outOfRange()) {
        case REJECT -> refuse(depth, beyond.rule(), limit, Received.token(json));
        case CLAMP ->
            warn("clamped", "each element should be " + limit + "; the nearest bound was used");
        case WARN ->
            warn("outOfRange", "each element should be " + limit + "; it was used as it is");
      }
      return feature.outOfRange() == OutOfRange.CLAMP ? feature.bounds().clamp(value) : value;
    }

    private void keep(double value) {
      if (!broken) {
        row.putElement(next++, value);
      }
    }

    /** Notes a broken rule that isn't enforced, for the first element that breaks one. */
    private void noteOnce(String rule, String limit) {
      if (!warned) {
        warned = true;
        breaks(row, rule, "nested arrays of elements " + limit, Received.token(json));
      }
    }

    private void warn(String rule, String message) {
      if (!warned) {
        warned = true;
        row.findings().warn(feature, rule, message);
      }
    }

    /** Notes a violation by the item at the first {@code depth} positions of the place. */
    private void refuse(int depth, String rule, String expected, String received) {
      broken = true;
      StringBuilder pointer = new StringBuilder(row.findings().pointer(feature));
      for (int i = 0; i < depth; i++) {
        pointer.append('/').append(place[i]);
      }
      row.findings().violateAt(pointer.toString(), feature, rule, expected, received);
    }
  }

  private static String arrayOf(int length) {
    return "an array of " + length + (length == 1 ? " item" : " items");
  }
}
