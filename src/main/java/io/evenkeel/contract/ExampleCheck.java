package io.evenkeel.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/** Holds each feature's documented example, and its default, against the feature's own rules. */
final class ExampleCheck {
  private static final JsonMapper JSON = JsonMapper.shared();

  private ExampleCheck() {}

  static void check(Contract contract, YamlNode document) {
    List<YamlNode> nodes = document.items("features");
    for (int i = 0; i < nodes.size(); i++) {
      Feature feature = contract.features().get(i);
      check(nodes.get(i).find("example"), "example", feature, feature.documentation().example());
      check(nodes.get(i).find("default"), "default", feature, feature.evolution().absent());
    }
  }

  private static void check(
      @Nullable YamlNode node, String what, Feature feature, @Nullable Object value) {
    if (node == null) {
      return;
    }
    for (Violation violation : read(feature, value).violations()) {
      node.mistake(
          "the "
              + what
              + " of `"
              + feature.name()
              + "` breaks the contract ("
              + violation.rule()
              + ")",
          "it should be " + violation.expected());
    }
  }

  /** A row of the whole contract. */
  static Row read(Contract contract, Object instance) {
    try (JsonParser json = JSON.createParser(JSON.writeValueAsString(instance))) {
      json.nextToken();
      return new RowReader(contract, JSON.tokenStreamFactory()).read(json);
    }
  }

  /** A row of this feature alone. */
  static Row read(Feature feature, @Nullable Object value) {
    Row row = new Row(1, feature.width(), -1, RuleFlags.NONE);
    try (JsonParser json = JSON.createParser(JSON.writeValueAsString(value))) {
      json.nextToken();
      FeatureReader.of(feature, 0, 0, RuleFlags.NONE).read(json, row);
    }
    return row;
  }
}
