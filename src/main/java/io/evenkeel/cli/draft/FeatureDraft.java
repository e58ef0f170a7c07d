package io.evenkeel.cli.draft;

import io.evenkeel.contract.FeatureType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the contract will say of a feature.
 *
 * @param slot its place
 * @param type its type; for a tensor that of its elements
 * @param nullable whether the data leave it out at times
 * @param range its bounds; null where none are stated
 * @param values the values of a category
 * @param transforms how it goes into its input, each as a contract writes it
 * @param seen what the data show, for a comment; empty without data
 * @param doubt what a person has to decide; null where nothing
 */
record FeatureDraft(
    Slot slot,
    FeatureType type,
    boolean nullable,
    @Nullable Range range,
    List<String> values,
    List<String> transforms,
    String seen,
    @Nullable String doubt) {
  static final String ONE_HOT = "oneHot";

  FeatureDraft {
    values = List.copyOf(values);
    transforms = List.copyOf(transforms);
  }

  String name() {
    return slot.name();
  }

  /** How many elements of the input it fills. */
  int width() {
    return slot.isTensor()
        ? slot.columns().size()
        : transforms.contains(ONE_HOT) ? values.size() : 1;
  }

  /** The feature's value in a row of the data, as a JSON value. */
  @Nullable Object value(@Nullable String[] cells) {
    if (slot.isTensor()) {
      List<Object> elements = new ArrayList<>();
      slot.columns().forEach(column -> elements.add(element(cells[column])));
      return nested(elements, slot.shape());
    }
    String cell = cells[slot.columns().getFirst()];
    return cell == null ? null : scalar(cell);
  }

  private Object scalar(String cell) {
    return switch (type) {
      case NUMBER -> new BigDecimal(cell);
      case INTEGER -> Long.parseLong(cell);
      case BOOLEAN -> cell.toLowerCase(Locale.ROOT).equals("true");
      case CATEGORY, STRING, DATE, DATETIME, TENSOR -> cell;
    };
  }

  private static Object element(@Nullable String cell) {
    return cell == null
        ? 0
        : BigDecimal.valueOf(CellKind.of(cell).number(cell)).stripTrailingZeros();
  }

  /** A value that keeps the contract where there are no data. */
  Object emptyValue() {
    if (slot.isTensor()) {
      int size = slot.shape().stream().reduce(1, Math::multiplyExact);
      return nested(new ArrayList<>(Collections.nCopies(size, 0)), slot.shape());
    }
    return switch (type) {
      case BOOLEAN -> false;
      case CATEGORY, STRING, DATE, DATETIME -> "";
      case NUMBER, INTEGER, TENSOR -> 0;
    };
  }

  /** The elements, in row-major order, as arrays within arrays. */
  private static Object nested(List<Object> elements, List<Integer> shape) {
    List<Object> level = elements;
    for (int depth = shape.size() - 1; depth > 0; depth--) {
      List<Object> outer = new ArrayList<>();
      int length = shape.get(depth);
      for (int from = 0; from < level.size(); from += length) {
        outer.add(level.subList(from, from + length));
      }
      level = outer;
    }
    return level;
  }
}
