package io.evenkeel.preprocess;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.FeatureType;
import io.evenkeel.contract.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The position of a feature's value in a list of values. Immutable; looking up allocates nothing.
 */
final class Vocabulary {
  /** The value is in no list. */
  static final int OTHER = -1;

  /** The value is missing, and nothing was put in its place. */
  static final int MISSING = -2;

  private final int feature;
  private final int slot;
  private final List<String> values;
  private final boolean text;
  private final Map<String, Integer> positions = new HashMap<>();
  private final int[] positionOfCategory;
  private final double[] numbers;
  private final int ofMissing;

  Vocabulary(
      Contract contract, int feature, List<String> values, Transform.@Nullable Impute impute) {
    Feature described = contract.features().get(feature);
    this.feature = feature;
    this.slot = contract.slot(feature);
    this.values = List.copyOf(values);
    this.text = described.type().isText();
    for (int i = 0; i < values.size(); i++) {
      positions.put(values.get(i), i);
    }
    this.positionOfCategory =
        described.text().values().stream()
            .mapToInt(value -> positions.getOrDefault(value, OTHER))
            .toArray();
    this.numbers =
        text
            ? new double[0]
            : values.stream().mapToDouble(value -> number(described.type(), value)).toArray();
    this.ofMissing = impute == null ? MISSING : ofImputed(impute);
  }

  private static double number(FeatureType type, String value) {
    return type == FeatureType.BOOLEAN ? (value.equals("true") ? 1 : 0) : Double.parseDouble(value);
  }

  private int ofImputed(Transform.Impute impute) {
    return impute.text() == null
        ? ofNumber(impute.number())
        : positions.getOrDefault(impute.text(), OTHER);
  }

  /** The position in the contract of the feature it looks up. */
  int feature() {
    return feature;
  }

  /** The value at a position of the list. */
  String value(int position) {
    return values.get(position);
  }

  /** The position of the row's value, or {@link #OTHER} or {@link #MISSING}. */
  int position(Row row) {
    if (row.isMissing(feature)) {
      return ofMissing;
    }
    if (!text) {
      return ofNumber(row.number(slot));
    }
    int category = (int) row.number(slot);
    return category >= 0
        ? positionOfCategory[category]
        : positions.getOrDefault(row.text(feature), OTHER);
  }

  private int ofNumber(double number) {
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] == number) {
        return i;
      }
    }
    return OTHER;
  }
}
