package io.evenkeel.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A rule that requires a feature under a condition, as {@code if} and {@code then}. It speaks of
 * what is sent: a value that is clamped meets a condition on the bound, and so does an absent one
 * whose default meets it.
 */
final class RequirementSchema {
  private static final Map<String, Object> NULL = Map.of("type", "null");

  private final Rule.RequiredIf rule;
  private final Feature required;
  private final Feature condition;

  private RequirementSchema(Contract contract, Rule.RequiredIf rule) {
    this.rule = rule;
    this.required = contract.features().get(rule.required());
    this.condition = contract.features().get(rule.when());
  }

  /** Null where the rule can't be put so, and where no row can break it. */
  static @Nullable Map<String, Object> of(
      Contract contract, Rule.RequiredIf rule, FurtherChecks further) {
    return new RequirementSchema(contract, rule).build(further);
  }

  private @Nullable Map<String, Object> build(FurtherChecks further) {
    if (condition.type() == FeatureType.DATETIME) {
      // One point in time has many texts.
      further.add(required.name(), "requiredIf", rule.text());
      return null;
    }
    Map<String, Object> value = value();
    if (value == null) {
      return null;
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$comment", rule.text());
    schema.put("if", met(value));
    schema.put("then", there());
    return schema;
  }

  /** The values that meet the condition as they are sent; null where there are none. */
  private @Nullable Map<String, Object> value() {
    return switch (condition.type()) {
      case BOOLEAN -> Map.of("const", rule.value().equals("true"));
      case CATEGORY, STRING -> Map.of("const", rule.value());
      default -> {
        double value = condition.type().parsed(rule.value());
        yield condition.outOfRange() == OutOfRange.CLAMP ? clampedTo(value) : exactly(value);
      }
    };
  }

  private Map<String, Object> exactly(double value) {
    return Map.of(
        "const",
        condition.type() == FeatureType.DATE
            ? condition.written(value)
            : FeatureSchema.number(value));
  }

  private @Nullable Map<String, Object> clampedTo(double value) {
    Bounds bounds = condition.bounds();
    if (value < bounds.minimum() || value > bounds.maximum()) {
      return null;
    }
    double from = value == bounds.minimum() ? Double.NEGATIVE_INFINITY : value;
    double to = value == bounds.maximum() ? Double.POSITIVE_INFINITY : value;
    if (from == to) {
      return exactly(value);
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    if (condition.type() == FeatureType.DATE) {
      schema.put("type", "string");
      schema.put("pattern", DatePattern.between(from, to));
      return schema;
    }
    schema.put("type", "number");
    if (Double.isFinite(from)) {
      schema.put("minimum", FeatureSchema.number(from));
    }
    if (Double.isFinite(to)) {
      schema.put("maximum", FeatureSchema.number(to));
    }
    return schema;
  }

  private Map<String, Object> met(Map<String, Object> value) {
    List<Map<String, Object>> ways = new ArrayList<>();
    JsonSchema.names(condition).forEach(name -> ways.add(sent(name, value)));
    if (meetsByDefault()) {
      ways.add(absent(condition));
    }
    return anyOf(ways);
  }

  private boolean meetsByDefault() {
    Object absent = condition.evolution().absent();
    if (absent == null) {
      return false;
    }
    Row row = ExampleCheck.read(condition, absent);
    String text = row.text(0);
    return rule.value().equals(text == null ? condition.written(row.number(0)) : text);
  }

  private Map<String, Object> there() {
    Map<String, Object> value = required.presence().nullable() ? Map.of("not", NULL) : Map.of();
    List<Map<String, Object>> ways = new ArrayList<>();
    JsonSchema.names(required).forEach(name -> ways.add(sent(name, value)));
    if (required.evolution().absent() != null) {
      ways.add(absent(required));
    }
    return anyOf(ways);
  }

  private static Map<String, Object> sent(String name, Map<String, Object> value) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("required", List.of(name));
    if (!value.isEmpty()) {
      schema.put("properties", Map.of(name, value));
    }
    return schema;
  }

  private static Map<String, Object> absent(Feature feature) {
    Stream<Object> present =
        JsonSchema.names(feature).stream().map(name -> Map.of("required", List.of(name)));
    return Map.of("not", Map.of("anyOf", present.toList()));
  }

  private static Map<String, Object> anyOf(List<Map<String, Object>> ways) {
    return ways.size() == 1 ? ways.getFirst() : Map.of("anyOf", ways);
  }
}
