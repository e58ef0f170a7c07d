package io.evenkeel.contract;

import java.math.BigDecimal;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON for the independent validator so that it sees each number as it is written. Of a float
 * that is no 64-bit one it would make an infinity, which it finds within any bound; and it fails on
 * whole floats beyond 64 bits where integers are wanted, so those come as integers.
 */
final class ExactNumbers {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private ExactNumbers() {}

  static JsonNode tree(String json) {
    return exact(JSON.readTree(json));
  }

  private static JsonNode exact(JsonNode node) {
    switch (node) {
      case ObjectNode object ->
          object.properties().forEach(member -> member.setValue(exact(member.getValue())));
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          array.set(i, exact(array.get(i)));
        }
      }
      default -> {
        if (node.isBigDecimal() && node.decimalValue().abs().compareTo(LONGEST) > 0) {
          return BigIntegerNode.valueOf(node.decimalValue().toBigInteger());
        }
      }
    }
    return node;
  }
}
