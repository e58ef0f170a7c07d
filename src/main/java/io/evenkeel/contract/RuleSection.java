package io.evenkeel.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code rules} section of a contract. */
final class RuleSection {
  private static final String FORM_OF_CHECK =
      "write it like `check: a <= b`, with <=, <, >=, >, = or !=";
  private static final String FORM_OF_WHEN = "write it like `when: has_partner = true`";

  private final List<Feature> features;

  RuleSection(List<Feature> features) {
    this.features = features;
  }

  List<Rule> read(YamlNode document) {
    List<Rule> rules = new ArrayList<>();
    for (YamlNode node : document.items("rules")) {
      YamlNode check = node.find("check");
      YamlNode require = node.find("require");
      Rule rule = null;
      if (check != null) {
        node.allowKeys(Set.of("check"));
        rule = comparison(check);
      } else if (require != null) {
        node.allowKeys(Set.of("require", "when"));
        rule = requirement(node, require);
      } else {
        node.mistake("this is no rule", "begin it with `check:` or `require:`");
      }
      if (rule != null) {
        rules.add(rule);
      }
    }
    return rules;
  }

  private @Nullable Rule comparison(YamlNode check) {
    String[] words = check.text().trim().split("\\s+");
    Rule.Operator operator = words.length == 3 ? Rule.Operator.find(words[1]) : null;
    if (operator == null) {
      check.mistake("`" + check.text() + "` is no comparison of two features", FORM_OF_CHECK);
      return null;
    }
    int left = indexOf(words[0], check);
    int right = indexOf(words[2], check);
    if (left < 0 || right < 0) {
      return null;
    }
    if (kind(left) == null || kind(left) != kind(right)) {
      check.mistake(
          "`" + words[0] + "` and `" + words[2] + "` can't be compared",
          "compare two numbers, two dates or two date-times");
      return null;
    }
    return new Rule.Comparison(String.join(" ", words), left, operator, right);
  }

  /** What a feature's values can be compared with; null where they can't be compared. */
  private @Nullable FeatureType kind(int feature) {
    FeatureType type = features.get(feature).type();
    return switch (type) {
      case NUMBER, INTEGER -> FeatureType.NUMBER;
      case DATE, DATETIME -> type;
      case BOOLEAN, CATEGORY, STRING, TENSOR -> null;
    };
  }

  private @Nullable Rule requirement(YamlNode node, YamlNode require) {
    YamlNode when = node.find("when");
    if (when == null) {
      node.mistake("`require` stands without `when`", FORM_OF_WHEN);
      return null;
    }
    String[] sides = when.text().split("\\s*=\\s*", 2);
    if (sides.length != 2) {
      when.mistake("`" + when.text() + "` is no condition", FORM_OF_WHEN);
      return null;
    }
    int required = indexOf(require.text(), require);
    int condition = indexOf(sides[0].trim(), when);
    if (required < 0 || condition < 0) {
      return null;
    }
    String value = value(features.get(condition), sides[1], when);
    if (features.get(required).presence().required()
        && !features.get(required).presence().nullable()) {
      require.mistake(
          "`" + require.text() + "` is always required",
          "say `required: false` at the feature, or drop the rule");
    }
    String text = require.text() + " is required when " + sides[0].trim() + " = " + sides[1];
    return new Rule.RequiredIf(text, required, condition, value);
  }

  /** A condition's value, the way {@link RuleCheck} writes the values it compares with it. */
  private static String value(Feature feature, String written, YamlNode when) {
    double number = feature.type().parsed(written);
    String value = Double.isNaN(number) ? written : feature.written(number);
    List<String> allowed =
        feature.type() == FeatureType.BOOLEAN ? List.of("true", "false") : feature.text().values();
    if (feature.type() == FeatureType.TENSOR) {
      when.mistake("a tensor has no single value", "name another feature");
    } else if (!allowed.isEmpty() && !allowed.contains(value)) {
      when.mistake("`" + feature.name() + "` is never `" + value + "`", "use one of " + allowed);
    } else if (feature.type().isOrdered() && Double.isNaN(number)) {
      when.mistake(
          "`" + feature.name() + "` is never `" + value + "`",
          "write " + feature.type().expected());
    }
    return value;
  }

  private int indexOf(String name, YamlNode where) {
    for (int i = 0; i < features.size(); i++) {
      if (features.get(i).name().equals(name)) {
        return i;
      }
    }
    List<String> names = features.stream().map(Feature::name).toList();
    where.mistake(
        "there is no feature `" + name + "`",
        Suggestion.of(name, names)
            .map(near -> "did you mean `" + near + "`?")
            .orElse("use a feature of this contract"));
    return -1;
  }
}
