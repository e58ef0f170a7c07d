package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Holds what the server answers against what the training libraries said. */
@ServingTest
class GoldenHttpTest {
  private final Caller caller;

  GoldenHttpTest(Caller caller) {
    this.caller = caller;
  }

  @ParameterizedTest
  @MethodSource("io.evenkeel.api.Golden#all")
  void answersEachExampleAsTheTrainerDid(Golden golden) {
    assertThat(golden.lines()).hasSizeGreaterThanOrEqualTo(50);
    for (JsonNode line : golden.lines()) {
      Answer answer =
          caller.post(
              golden.path(), "{\"instance\": " + line.get("instance") + ", \"options\": {}}");
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      JsonNode json = answer.json();
      assertThat(json.get("model").asString()).isEqualTo(golden.model());
      assertThat(json.get("version").asString()).isEqualTo(golden.version());
      assertThat(json.get("contract").asString()).matches("[0-9a-f]{12}");
      assertThat(json.get("degraded").asBoolean()).isFalse();
      assertReproduced(line, json.get("prediction"));
    }
  }

  @ParameterizedTest
  @MethodSource("io.evenkeel.api.Golden#all")
  void answersAllExamplesInOneBatch(Golden golden) {
    Answer answer =
        caller.post(golden.path() + "/batch", "{\"instances\": " + golden.instances() + "}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    List<JsonNode> results = answer.json().get("results").valueStream().toList();
    assertThat(results).hasSameSizeAs(golden.lines());
    for (int i = 0; i < results.size(); i++) {
      assertReproduced(golden.lines().get(i), results.get(i).get("prediction"));
    }
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    summary.put("instances", results.size()).put("served", results.size());
    assertThat(answer.json().get("summary")).isEqualTo(summary.put("invalid", 0).put("failed", 0));
  }

  private static void assertReproduced(JsonNode line, JsonNode prediction) {
    assertAgrees(line.get("prediction"), prediction, line.get("tolerance").doubleValue());
  }

  private static void assertAgrees(JsonNode expected, JsonNode found, double tolerance) {
    if (expected.isNumber()) {
      double allowed = tolerance * Math.max(1, Math.abs(expected.doubleValue()));
      assertThat(found.doubleValue()).isCloseTo(expected.doubleValue(), within(allowed));
    } else if (expected.isContainer()) {
      assertThat(found.propertyNames()).containsExactlyElementsOf(expected.propertyNames());
      expected
          .properties()
          .forEach(
              member -> assertAgrees(member.getValue(), found.get(member.getKey()), tolerance));
    } else {
      assertThat(found).isEqualTo(expected);
    }
  }
}
