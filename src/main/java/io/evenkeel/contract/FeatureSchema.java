package io.evenkeel.contract;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema of one feature's values. What the language has no words for goes to the further
 * checks. Not thread-safe.
 */
final class FeatureSchema {
  /** What {@link Temporals} reads: RFC 3339 with a capital T, and nanoseconds at the finest. */
  private static final String DATE_TIME =
      "^"
          + DatePattern.ANY_DATE
          + "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?"
          + "(?:[Zz]|[+-](?:(?:0[0-9]|1[0-7]):[0-5][0-9]|18:00))$";

  private static final String NO_DATE = "^$";
  private static final String FINITE = "a number that a 64-bit float can hold";

  private final Feature feature;
  private final FurtherChecks further;
  private final Map<String, Object> schema = new LinkedHashMap<>();

  private FeatureSchema(Feature feature, FurtherChecks further) {
    this.feature = feature;
    this.further = further;
  }

  static Map<String, Object> of(Feature feature, FurtherChecks further) {
    return new FeatureSchema(feature, further).build();
  }

  /** The same value under an earlier name. */
  static Map<String, Object> ofAlias(Feature feature) {
    Map<String, Object> schema = of(feature, new FurtherChecks());
    List.of("default", "examples", "x-deprecated").forEach(schema::remove);
    schema.put("description", "Earlier name of `" + feature.name() + "`");
    schema.put("deprecated", true);
    return schema;
  }

  /** A number as JSON writes it: whole ones without a fraction. */
  static Number number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) <= Ranges.LARGEST_INTEGER;
    return whole ? (Number) (long) value : (Number) value;
  }

  private Map<String, Object> build() {
    String type =
        switch (feature.type()) {
          case NUMBER -> "number";
          case INTEGER -> "integer";
          case BOOLEAN -> "boolean";
          case CATEGORY, STRING, DATE, DATETIME -> "string";
          case TENSOR -> "array";
        };
    schema.put("type", feature.presence().nullable() ? List.of(type, "null") : type);
    putIfSet("description", feature.documentation().description());
    switch (feature.type()) {
      case NUMBER, INTEGER -> {
        putValues();
        putRange(schema, feature.type());
      }
      case BOOLEAN -> {}
      case CATEGORY, STRING -> putText();
      case DATE -> putDate();
      case DATETIME -> putDateTime();
      case TENSOR -> putTensor();
    }
    if (feature.outOfRange() != OutOfRange.REJECT) {
      schema.put("x-outOfRange", YamlNode.written(feature.outOfRange()));
      putWrittenBounds();
    }
    putDocumentation();
    return schema;
  }

  private void putDocumentation() {
    putIfSet("x-unit", feature.documentation().unit());
    putIfSet("default", feature.evolution().absent());
    Object example = feature.documentation().example();
    putIfSet("examples", example == null ? null : List.of(example));
    if (feature.evolution().deprecated() != null) {
      schema.put("deprecated", true);
      schema.put("x-deprecated", feature.evolution().deprecated());
    }
    putIfSet("x-sensitive", feature.sensitive() ? true : null);
  }

  /** The allowed values, where another one is refused. */
  private void putValues() {
    Feature.TextRules text = feature.text();
    if (text.values().isEmpty()) {
      return;
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (String value : text.values()) {
      values.add(feature.type().isText() ? value : (Object) Long.valueOf(value));
    }
    if (text.unknown() == UnknownCategory.OTHER) {
      schema.put("x-values", values);
      return;
    }
    if (feature.presence().nullable()) {
      values.add(null);
    }
    schema.put("enum", values);
  }

  /**
   * Puts the range of a number, or of an element of a tensor.
   *
   * @param into the number's or the element's schema
   */
  private void putRange(Map<String, Object> into, FeatureType type) {
    double limit = type == FeatureType.INTEGER ? Ranges.LARGEST_INTEGER : Ranges.LARGEST_NUMBER;
    Bounds bounds = enforced();
    if (type == FeatureType.INTEGER
        && (bounds.minimum() < Integer.MIN_VALUE || bounds.maximum() > Integer.MAX_VALUE)) {
      // Code is generated with 32 bits otherwise.
      into.put("format", "int64");
    }
    double minimum = Math.max(bounds.minimum(), -limit);
    double maximum = Math.min(bounds.maximum(), limit);
    if (clampsTo(feature.bounds().minimum())) {
      further.add(feature.name(), "finite", FINITE);
    } else if (bounds.exclusiveMinimum() >= minimum) {
      into.put("exclusiveMinimum", number(bounds.exclusiveMinimum()));
    } else {
      into.put("minimum", number(minimum));
    }
    if (clampsTo(feature.bounds().maximum())) {
      further.add(feature.name(), "finite", FINITE);
    } else if (bounds.exclusiveMaximum() <= maximum) {
      into.put("exclusiveMaximum", number(bounds.exclusiveMaximum()));
    } else {
      into.put("maximum", number(maximum));
    }
  }

  /** The bounds beyond which a value is refused. */
  private Bounds enforced() {
    return feature.outOfRange() == OutOfRange.REJECT ? feature.bounds() : Bounds.NONE;
  }

  /** Whether a number beyond this bound, however large, becomes one that a model can be given. */
  private boolean clampsTo(double bound) {
    return feature.type() == FeatureType.NUMBER
        && feature.outOfRange() == OutOfRange.CLAMP
        && Math.abs(bound) <= Ranges.LARGEST_NUMBER;
  }

  private void putText() {
    putValues();
    Feature.TextRules text = feature.text();
    if (!schema.containsKey("enum")) {
      further.add(feature.name(), "wellFormed", "text without half of a surrogate pair");
    }
    if (!text.values().isEmpty()) {
      return;
    }
    putIfSet("minLength", text.minLength() == 0 ? null : text.minLength());
    putIfSet("maxLength", text.maxLength() == Integer.MAX_VALUE ? null : text.maxLength());
    Pattern pattern = text.pattern();
    if (pattern == null) {
      return;
    }
    if (SharedSyntax.holds(pattern.pattern())) {
      schema.put("pattern", pattern.pattern());
    } else {
      schema.put("x-pattern", pattern.pattern());
      further.add(feature.name(), "pattern", "text in which RE2 finds " + pattern.pattern());
    }
  }

  private void putDate() {
    schema.put("format", "date");
    Bounds bounds = enforced();
    double from = Math.max(bounds.minimum(), bounds.exclusiveMinimum() + 1);
    double to = Math.min(bounds.maximum(), bounds.exclusiveMaximum() - 1);
    schema.put("pattern", from <= to ? DatePattern.between(from, to) : NO_DATE);
    if (feature.outOfRange() == OutOfRange.REJECT) {
      putWrittenBounds();
    }
  }

  private void putDateTime() {
    schema.put("format", "date-time");
    schema.put("pattern", DATE_TIME);
    if (feature.outOfRange() != OutOfRange.REJECT) {
      return;
    }
    putWrittenBounds();
    for (Bounds.End end : Bounds.End.values()) {
      if (Double.isFinite(feature.bounds().at(end))) {
        further.add(feature.name(), end.rule(), Ranges.limit(feature, end));
      }
    }
  }

  /** The bounds as members that only people read. */
  private void putWrittenBounds() {
    for (Bounds.End end : Bounds.End.values()) {
      double bound = feature.bounds().at(end);
      if (Double.isFinite(bound)) {
        schema.put(
            "x-" + end.rule(),
            feature.type().isTemporal() ? feature.type().written(bound) : number(bound));
      }
    }
  }

  private void putTensor() {
    Feature.TensorRules rules = Objects.requireNonNull(feature.tensor());
    Map<String, Object> items = new LinkedHashMap<>();
    items.put("type", rules.elements() == FeatureType.INTEGER ? "integer" : "number");
    putRange(items, rules.elements());
    for (int length : rules.shape().subList(1, rules.shape().size()).reversed()) {
      Map<String, Object> array = new LinkedHashMap<>();
      array.put("type", "array");
      putItems(array, length, items);
      items = array;
    }
    putItems(schema, rules.shape().getFirst(), items);
  }

  private static void putItems(Map<String, Object> array, int length, Map<String, Object> items) {
    array.put("minItems", length);
    array.put("maxItems", length);
    array.put("items", items);
  }

  private void putIfSet(String name, @Nullable Object value) {
    if (value != null) {
      schema.put(name, value);
    }
  }
}
