package io.evenkeel.registry;

import io.evenkeel.contract.Enforcement;
import io.evenkeel.contract.RuleFlags;
import io.evenkeel.contract.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code rules.yaml} says: for each line, which rule of which versions is switched to what.
 * Read only in itself; {@link FlagResolution} holds it against the models that are there.
 */
final class RulesFile {
  /** The file's name within the models' folder. */
  static final String NAME = "rules.yaml";

  private static final String UNKNOWN_FEATURE = "unknownFeature";

  private RulesFile() {}

  /**
   * One line.
   *
   * @param node where it stands
   * @param version null for all versions
   */
  record Line(
      YamlNode node, String model, @Nullable String version, RuleFlags.Key key, Enforcement mode) {
    /** The rule in words: {@code `maximum` of `income`}. */
    String words() {
      return key.feature().isEmpty()
          ? "`" + key.rule() + "`"
          : "`" + key.rule() + "` of `" + key.feature() + "`";
    }
  }

  /** The lines without a mistake; the document's mistakes are noted in it. */
  static List<Line> read(YamlNode document) {
    document.allowKeys(Set.of("rules"));
    YamlNode section = document.find("rules");
    if (section == null) {
      document.mistake("the key `rules` is missing", "add `rules: []` where no rule is switched");
      return List.of();
    }
    List<Line> lines = new ArrayList<>();
    Map<Line, YamlNode> seen = new HashMap<>();
    for (YamlNode node : section.items()) {
      int before = node.mistakes().all().size();
      Line line = line(node);
      if (node.mistakes().all().size() > before) {
        continue;
      }
      Line place = new Line(section, line.model(), line.version(), line.key(), Enforcement.OFF);
      YamlNode first = seen.putIfAbsent(place, node);
      if (first == null) {
        lines.add(line);
      } else {
        node.mistake(
            line.words() + " is switched at line " + first.line() + " already",
            "keep one of the lines");
      }
    }
    return lines;
  }

  private static Line line(YamlNode node) {
    if (!node.isMapping()) {
      node.mistake(
          "expected a rule", "write `- {model: .., feature: .., rule: maximum, mode: monitored}`");
    }
    node.allowKeys(Set.of("model", "version", "feature", "rule", "mode"));
    String model = node.requireText("model", "name a model, the folder's name");
    String rule = node.requireText("rule", "name a rule, for example `rule: maximum`");
    YamlNode ruleNode = node.find("rule");
    if (ruleNode != null && !RuleFlags.SWITCHABLE.contains(rule)) {
      ruleNode.mistakeOfName(
          "`" + rule + "` is no rule that can be switched", RuleFlags.SWITCHABLE);
    }
    String feature = node.findText("feature");
    if (rule.equals(UNKNOWN_FEATURE) && feature != null) {
      node.mistake("`unknownFeature` belongs to no feature", "drop `feature`");
    } else if (!rule.equals(UNKNOWN_FEATURE) && feature == null && node.isMapping()) {
      node.mistake("the key `feature` is missing", "name the feature whose rule is switched");
    }
    RuleFlags.Key key = new RuleFlags.Key(feature == null ? "" : feature, rule);
    return new Line(node, model, node.findText("version"), key, mode(node));
  }

  private static Enforcement mode(YamlNode node) {
    YamlNode mode = node.find("mode");
    if (mode == null) {
      if (node.isMapping()) {
        node.mistake("the key `mode` is missing", "add for example `mode: monitored`");
      }
      return Enforcement.ENFORCED;
    }
    // Whoever has YAML 1.1 write the file gets `false` for a bare `off`.
    return mode.text().equals("false")
        ? Enforcement.OFF
        : node.choice("mode", Enforcement.class, Enforcement.ENFORCED);
  }
}
