package io.evenkeel.contract;

import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@code features} section of a contract. */
final class FeatureSection {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,127}");
  private static final int MOST_ELEMENTS = 16 * 1024 * 1024;

  private static final Set<String> COMMON =
      Set.of(
          "name",
          "type",
          "required",
          "nullable",
          "default",
          "aliases",
          "deprecated",
          "unit",
          "description",
          "example",
          "sensitive");
  private static final Set<String> RANGE =
      Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "outOfRange");

  private FeatureSection() {}

  static List<Feature> read(YamlNode document) {
    List<Feature> features = new ArrayList<>();
    Set<String> names = new HashSet<>();
    YamlNode section = document.find("features");
    if (section == null) {
      document.mistake(
          "the key `features` is missing", "list what a row consists of under `features:`");
      return features;
    }
    List<YamlNode> items = section.items();
    for (YamlNode node : items) {
      Feature feature = readFeature(node);
      if (!feature.name().isEmpty() && !names.add(feature.name())) {
        node.mistake(
            "the feature `" + feature.name() + "` stands twice", "keep one of them, or rename one");
      }
      features.add(feature);
    }
    checkAliases(items, names);
    if (section.isSequence() && features.isEmpty()) {
      section.mistake("there are no features", "list at least one");
    }
    return features;
  }

  /**
   * Notes each alias that is no name, or that means something already.
   *
   * @param taken the features' names; the aliases are added
   */
  private static void checkAliases(List<YamlNode> features, Set<String> taken) {
    for (YamlNode feature : features) {
      for (YamlNode alias : feature.items("aliases")) {
        checkName(alias.text(), alias);
        if (!taken.add(alias.text())) {
          alias.mistake(
              "the name `" + alias.text() + "` is taken already",
              "use another alias, or leave it out");
        }
      }
    }
  }

  private static void checkName(String name, YamlNode where) {
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      where.mistake(
          "`" + name + "` is no name for a feature",
          "use letters, digits, _, . and -, at most 128, not a digit first");
    }
  }

  private static Feature readFeature(YamlNode node) {
    String name = node.requireText("name", "add `name: <the feature's name>`");
    checkName(name, node);
    String written = node.requireText("type", "add `type: number` or another type");
    FeatureType type = node.choice("type", FeatureType.class, FeatureType.NUMBER);
    if (!written.equals(YamlNode.written(type))) {
      return named(name, type);
    }
    node.allowKeys(keysOf(type));
    Bounds bounds = type == FeatureType.TENSOR ? elementBounds(node) : bounds(node, type);
    OutOfRange outOfRange = node.choice("outOfRange", OutOfRange.class, OutOfRange.REJECT);
    checkRange(node, bounds, outOfRange);
    return new Feature(
        name,
        type,
        presence(node),
        bounds,
        outOfRange,
        textRules(node, type),
        type == FeatureType.TENSOR ? tensorRules(node) : null,
        evolution(node),
        documentation(node),
        node.flag("sensitive", false));
  }

  private static Feature named(String name, FeatureType type) {
    var presence = new Feature.Presence(true, false);
    return new Feature(
        name,
        type,
        presence,
        Bounds.NONE,
        OutOfRange.REJECT,
        Feature.TextRules.NONE,
        null,
        Feature.Evolution.NONE,
        Feature.Documentation.NONE,
        false);
  }

  /** A feature with a default may be left out, without saying so. */
  private static Feature.Presence presence(YamlNode node) {
    boolean hasDefault = node.find("default") != null;
    boolean required = node.flag("required", !hasDefault);
    if (required && hasDefault) {
      node.mistake(
          "a feature with a `default` is never required", "drop `required: true` or `default`");
    }
    return new Feature.Presence(required, node.flag("nullable", false));
  }

  private static Feature.Evolution evolution(YamlNode node) {
    List<String> aliases = node.items("aliases").stream().map(YamlNode::text).toList();
    YamlNode fallback = node.find("default");
    Object absent = fallback == null ? null : fallback.toJson();
    if (fallback != null && absent == null) {
      fallback.mistake(
          "null is no default", "say `required: false` and `nullable: true`, or give a value");
    }
    return new Feature.Evolution(aliases, absent, node.findText("deprecated"));
  }

  private static Set<String> keysOf(FeatureType type) {
    Set<String> keys = new HashSet<>(COMMON);
    switch (type) {
      case NUMBER, DATE, DATETIME -> keys.addAll(RANGE);
      case INTEGER -> {
        keys.addAll(RANGE);
        keys.add("values");
      }
      case BOOLEAN -> {}
      case CATEGORY -> Collections.addAll(keys, "values", "unknown");
      case STRING -> Collections.addAll(keys, "values", "pattern", "minLength", "maxLength");
      case TENSOR -> Collections.addAll(keys, "shape", "elements", "outOfRange");
    }
    return keys;
  }

  private static Bounds elementBounds(YamlNode node) {
    YamlNode elements = node.find("elements");
    return elements == null ? Bounds.NONE : bounds(elements, FeatureType.NUMBER);
  }

  private static Bounds bounds(YamlNode node, FeatureType type) {
    return new Bounds(
        bound(node, "minimum", type, Bounds.NONE.minimum()),
        bound(node, "maximum", type, Bounds.NONE.maximum()),
        bound(node, "exclusiveMinimum", type, Bounds.NONE.exclusiveMinimum()),
        bound(node, "exclusiveMaximum", type, Bounds.NONE.exclusiveMaximum()));
  }

  private static double bound(YamlNode node, String key, FeatureType type, double none) {
    YamlNode bound = node.find(key);
    if (bound == null) {
      return none;
    }
    if (!type.isTemporal()) {
      double value = bound.number();
      return Double.isNaN(value) ? none : value;
    }
    double value = type.parsed(bound.text());
    if (Double.isNaN(value)) {
      bound.mistake(
          "`" + key + ": " + bound.text() + "` is not of the feature's type",
          "write " + type.expected());
      return none;
    }
    return value;
  }

  private static void checkRange(YamlNode node, Bounds bounds, OutOfRange outOfRange) {
    if (bounds.isEmpty()) {
      node.mistake(
          "no value lies within the bounds", "make the lower bound smaller than the upper one");
    }
    boolean canClamp = bounds.hasInclusiveEnd() && !bounds.hasExclusiveEnd();
    if (outOfRange == OutOfRange.CLAMP && !canClamp) {
      node.mistake(
          "`outOfRange: clamp` needs inclusive bounds",
          "use `minimum` and `maximum`, or another `outOfRange`");
    }
  }

  private static Feature.TextRules textRules(YamlNode node, FeatureType type) {
    List<String> values = values(node, type);
    UnknownCategory unknown = node.choice("unknown", UnknownCategory.class, UnknownCategory.REJECT);
    int minLength = node.integer("minLength", 0);
    int maxLength = node.integer("maxLength", Integer.MAX_VALUE);
    if (minLength < 0 || maxLength < minLength) {
      node.mistake(
          "no text has a length between `minLength` and `maxLength`",
          "make 0 <= minLength <= maxLength");
    }
    return new Feature.TextRules(values, unknown, pattern(node), minLength, maxLength);
  }

  private static List<String> values(YamlNode node, FeatureType type) {
    Set<String> values = new LinkedHashSet<>();
    for (YamlNode item : node.items("values")) {
      String value = type == FeatureType.INTEGER ? Long.toString(item.integer()) : item.text();
      if (!values.add(value)) {
        item.mistake("the value `" + value + "` stands twice", "keep one of them");
      }
    }
    if (type == FeatureType.CATEGORY && values.isEmpty()) {
      node.mistake(
          "a category has no `values`",
          "list the allowed ones: `values: [a, b]`; for any text use `type: string`");
    }
    return List.copyOf(values);
  }

  private static com.google.re2j.@Nullable Pattern pattern(YamlNode node) {
    YamlNode pattern = node.find("pattern");
    if (pattern == null) {
      return null;
    }
    try {
      return com.google.re2j.Pattern.compile(pattern.text());
    } catch (PatternSyntaxException e) {
      pattern.mistake(
          "this is no regular expression in RE2 syntax: " + e.getDescription(), "correct it");
      return null;
    }
  }

  private static Feature.TensorRules tensorRules(YamlNode node) {
    List<Integer> shape = new ArrayList<>();
    if (node.find("shape") == null) {
      node.mistake("a tensor has no `shape`", "add for example `shape: [8, 8]`");
    }
    long size = 1;
    for (YamlNode item : node.items("shape")) {
      long length = item.integer();
      size *= Math.clamp(length, 0, MOST_ELEMENTS);
      if (length < 1 || size > MOST_ELEMENTS) {
        item.mistake(
            "a tensor can't have this size", "use sizes from 1, together at most " + MOST_ELEMENTS);
        size = 1;
        length = 1;
      }
      shape.add((int) length);
    }
    if (shape.isEmpty()) {
      shape.add(1);
    }
    return new Feature.TensorRules(shape, elementType(node));
  }

  private static FeatureType elementType(YamlNode node) {
    YamlNode elements = node.find("elements");
    if (elements == null) {
      return FeatureType.NUMBER;
    }
    elements.allowKeys(Set.of("type", "minimum", "maximum"));
    FeatureType type = elements.choice("type", FeatureType.class, FeatureType.NUMBER);
    if (!EnumSet.of(FeatureType.NUMBER, FeatureType.INTEGER).contains(type)) {
      elements.mistake(
          "a tensor's elements are numbers or integers", "write `type: number` or `type: integer`");
      return FeatureType.NUMBER;
    }
    return type;
  }

  private static Feature.Documentation documentation(YamlNode node) {
    YamlNode example = node.find("example");
    return new Feature.Documentation(
        node.findText("unit"),
        node.findText("description"),
        example == null ? null : example.toJson());
  }
}
