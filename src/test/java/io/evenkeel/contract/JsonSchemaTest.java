package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a contract reads as JSON Schema; {@link JsonSchemaAgreementTest} says that it is right. */
class JsonSchemaTest {
  /** As its text is read: whole numbers of any width are equal then. */
  private static JsonNode schema(String sections) {
    return SchemaInstances.tree(
        JsonMapper.shared().writeValueAsString(JsonSchema.of(Contracts.of(sections).contract())));
  }

  private static JsonNode feature(String rest) {
    return schema("features:\n  - {name: x, " + rest + "}\n").at("/properties/x");
  }

  private static void assertFeature(String rest, String expected) {
    assertThat(feature(rest)).isEqualTo(SchemaInstances.tree(expected));
  }

  @Test
  void saysWhatPeopleShouldKnow() {
    assertFeature(
        "type: integer, minimum: 0, maximum: 9, nullable: true, unit: pieces, description: How many,"
            + " example: 3, default: 2, deprecated: leave it out, sensitive: true",
        """
        {"type": ["integer", "null"], "description": "How many", "minimum": 0, "maximum": 9,
         "x-unit": "pieces", "default": 2, "examples": [3], "deprecated": true,
         "x-deprecated": "leave it out", "x-sensitive": true}
        """);
  }

  @Test
  void boundsNumbersByWhatFloatsHold() {
    assertThat(feature("type: number").at("/maximum").asDouble()).isEqualTo(3.4028235e38);
    assertThat(feature("type: integer").at("/minimum").asLong()).isEqualTo(-(1L << 53));
    assertThat(feature("type: integer").at("/format").asString()).isEqualTo("int64");
  }

  @Test
  void doesNotBoundWhatIsClampedOrWarnedOf() {
    assertFeature(
        "type: number, minimum: 0, maximum: 9, outOfRange: clamp",
        "{\"type\": \"number\", \"x-outOfRange\": \"clamp\", \"x-minimum\": 0, \"x-maximum\": 9}");
    assertThat(feature("type: number, minimum: 0, outOfRange: warn").at("/minimum").asDouble())
        .isEqualTo(-3.4028235e38);
  }

  @Test
  void allowsOtherCategoriesWhereTheContractDoes() {
    assertFeature(
        "type: category, values: [a, b]", "{\"type\": \"string\", \"enum\": [\"a\", \"b\"]}");
    assertFeature(
        "type: category, values: [a, b], unknown: other",
        "{\"type\": \"string\", \"x-values\": [\"a\", \"b\"]}");
  }

  @Test
  void nestsTheArraysOfATensor() {
    assertFeature(
        "type: tensor, shape: [2, 3], elements: {type: integer, minimum: 0, maximum: 9}",
        """
        {"type": "array", "minItems": 2, "maxItems": 2, "items":
          {"type": "array", "minItems": 3, "maxItems": 3, "items":
            {"type": "integer", "minimum": 0, "maximum": 9}}}
        """);
  }

  @Test
  void allowsEachFeatureUnderOneOfItsNames() {
    JsonNode schema = schema("features:\n  - {name: a, type: boolean, aliases: [b, c]}\n");
    assertThat(schema.at("/properties/b/description").asString()).isEqualTo("Earlier name of `a`");
    assertThat(schema.at("/properties/b/deprecated").asBoolean()).isTrue();
    assertThat(schema.at("/dependentSchemas/c/properties"))
        .isEqualTo(SchemaInstances.tree("{\"a\": false, \"b\": false}"));
    assertThat(schema.at("/allOf/0/anyOf")).hasSize(3);
    assertThat(schema.has("required")).isFalse();
  }

  @Test
  void speaksOfAClampedConditionAsItIsSent() {
    JsonNode rule =
        schema(
                """
                features:
                  - {name: a, type: number, minimum: 0, maximum: 9, outOfRange: clamp, default: 9}
                  - {name: b, type: boolean, required: false, nullable: true}
                rules:
                  - {require: b, when: a = 9}
                """)
            .at("/allOf/0");
    assertThat(rule.at("/if"))
        .isEqualTo(
            SchemaInstances.tree(
                """
                {"anyOf": [{"required": ["a"], "properties": {"a": {"type": "number", "minimum": 9}}},
                           {"not": {"anyOf": [{"required": ["a"]}]}}]}
                """));
    assertThat(rule.at("/then"))
        .isEqualTo(
            SchemaInstances.tree(
                """
                {"required": ["b"], "properties": {"b": {"not": {"type": "null"}}}}
                """));
  }

  @Test
  void listsWhatItHasNoWordsFor() {
    JsonNode schema =
        schema(
            """
            features:
              - {name: a, type: datetime, minimum: '2020-01-01T00:00:00Z', required: false}
              - {name: b, type: datetime, required: false}
              - {name: c, type: string, pattern: a.c, required: false}
            rules:
              - check: a < b
            """);
    assertThat(schema.get("x-alsoChecked"))
        .isEqualTo(
            SchemaInstances.tree(
                """
                [{"feature": "a", "rule": "minimum", "says": "at least 2020-01-01T00:00:00Z"},
                 {"feature": "c", "rule": "wellFormed", "says": "text without half of a surrogate pair"},
                 {"feature": "c", "rule": "pattern", "says": "text in which RE2 finds a.c"},
                 {"feature": "a", "rule": "check", "says": "a < b"},
                 {"rule": "duplicate", "says": "no member twice"}]
                """));
    assertThat(schema.at("/properties/c/x-pattern").asString()).isEqualTo("a.c");
  }

  @Test
  void leavesOutAnExampleThatBreaksARule() {
    String features =
        """
        features:
          - {name: a, type: integer, example: %d}
          - {name: b, type: integer, example: 2}
        rules:
          - check: a <= b
        """;
    assertThat(schema(features.formatted(1)).at("/examples/0/a").asInt()).isEqualTo(1);
    assertThat(schema(features.formatted(3)).has("examples")).isFalse();
  }

  @Test
  void namesTheVersionAndItsContract() {
    Contract contract = Contracts.ofModel("digits/1").contract();
    JsonNode document =
        JsonMapper.shared().valueToTree(JsonSchema.document("digits", "1", contract));
    assertThat(document.get("$schema").asString()).isEqualTo(JsonSchema.DIALECT);
    assertThat(document.get("$id").asString())
        .isEqualTo("urn:evenkeel:schema:digits:1:" + contract.fingerprint());
    assertThat(document.get("x-schemaVersion").asString()).isEqualTo("1.0.0");
  }
}
