package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Holds the rows of a batch against the same rows asked one by one: to the last digit. */
@ServingTest
class BatchEqualityTest {
  private static final int ROWS = 1000;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Caller caller;

  BatchEqualityTest(Caller caller) {
    this.caller = caller;
  }

  @ParameterizedTest
  @MethodSource("io.evenkeel.api.Golden#all")
  void answersAThousandRowsAsOneByOne(Golden golden) {
    List<JsonNode> rows = rows(golden);
    Answer batch = caller.post(golden.path() + "/batch", "{\"instances\": " + rows + "}");
    assertThat(batch.status()).as(batch.body()).isEqualTo(200);
    JsonNode results = batch.json().get("results");
    for (int i = 0; i < ROWS; i++) {
      JsonNode result = results.get(i);
      Answer single = caller.post(golden.path(), "{\"instance\": " + rows.get(i) + "}");
      assertThat(result.path("prediction"))
          .as("row %d, single: %s", i, single.body())
          .isEqualTo(single.json().path("prediction"))
          .isNotEmpty();
      assertThat(rulesOf(result.get("warnings"))).isEqualTo(rulesOf(single.json().get("warnings")));
    }
  }

  private static List<String> rulesOf(JsonNode warnings) {
    return warnings
        .valueStream()
        .map(warning -> warning.path("feature").asString("") + " " + warning.get("rule").asString())
        .toList();
  }

  /** The golden rows, over and over, each time a little different. */
  private static List<JsonNode> rows(Golden golden) {
    Random random = new Random(20261124);
    List<JsonNode> instances = golden.instances();
    return IntStream.range(0, ROWS)
        .mapToObj(i -> perturbed(instances.get(i % instances.size()), random))
        .toList();
  }

  /** Shrinks fractional numbers by up to a hundredth, and the elements of a tensor by any share. */
  private static JsonNode perturbed(JsonNode node, Random random) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode copy = NODES.objectNode();
        object
            .properties()
            .forEach(member -> copy.set(member.getKey(), perturbed(member.getValue(), random)));
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = NODES.arrayNode();
        array.forEach(item -> copy.add(shrunk(item, random)));
        yield copy;
      }
      default ->
          node.isFloatingPointNumber()
              ? NODES.numberNode(node.doubleValue() * (1 - random.nextDouble() / 100))
              : node;
    };
  }

  private static JsonNode shrunk(JsonNode item, Random random) {
    return item.isNumber()
        ? NODES.numberNode(item.doubleValue() * random.nextDouble())
        : perturbed(item, random);
  }
}
