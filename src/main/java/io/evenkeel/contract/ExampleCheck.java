package io.evenkeel.contract;

import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/** Holds each feature's documented example against the feature's own rules. */
final class ExampleCheck {
  private static final JsonMapper JSON = JsonMapper.shared();

  private ExampleCheck() {}

  static void check(Contract contract, YamlNode document) {
    List<YamlNode> nodes = document.items("features");
    for (int i = 0; i < nodes.size(); i++) {
      Feature feature = contract.features().get(i);
      YamlNode example = nodes.get(i).find("example");
      if (example != null) {
        violations(feature)
            .forEach(violation ->
                example.mistake(
                    "the example of `"
                        + feature.name()
                        + "` breaks the contract ("
                        + violation.rule()
                        + ")",
                    "it should be " + violation.expected()));
      }
    }
  }

  private static List<Violation> violations(Feature feature) {
    Row row = new Row(1, feature.width(), -1);
    try (JsonParser json =
        JSON.createParser(JSON.writeValueAsString(feature.documentation().example()))) {
      json.nextToken();
      FeatureReader.of(feature, 0, 0).read(json, row);
    }
    return row.violations();
  }
}
