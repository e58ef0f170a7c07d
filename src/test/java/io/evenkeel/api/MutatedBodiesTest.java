package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Bodies generated from valid ones: cut, with values of every wrong type, and with noise. */
@ServingTest
class MutatedBodiesTest {
  private static final int CUT_EVERY = 7;
  private static final int NOISY_BODIES = 400;

  /** Values that no feature of a type takes, with the rule each breaks. */
  private static final Map<String, Map<String, String>> WRONG =
      Map.of(
          "number",
              Map.of(
                  "\"12\"",
                  "type",
                  "true",
                  "type",
                  "{}",
                  "type",
                  "[[1]]",
                  "type",
                  "1e999",
                  "finite",
                  "\"\\ud800\"",
                  "type"),
          "integer",
              Map.of(
                  "\"12\"",
                  "type",
                  "false",
                  "type",
                  "{\"a\": 1}",
                  "type",
                  "[12]",
                  "type",
                  "12.5",
                  "type",
                  "1e999",
                  "finite",
                  "123456789012345678901234567890",
                  "finite"),
          "boolean",
              Map.of("\"true\"", "type", "1", "type", "0", "type", "[true]", "type", "{}", "type"),
          "category",
              Map.of(
                  "12",
                  "type",
                  "true",
                  "type",
                  "[\"a\"]",
                  "type",
                  "{}",
                  "type",
                  "\"\\ud800\"",
                  "wellFormed"),
          "string",
              Map.of(
                  "12",
                  "type",
                  "false",
                  "type",
                  "[]",
                  "type",
                  "{}",
                  "type",
                  "\"ab\\udfff\"",
                  "wellFormed"),
          "date",
              Map.of(
                  "20260101",
                  "type",
                  "\"2026-13-01\"",
                  "format",
                  "\"\"",
                  "format",
                  "\"today\"",
                  "format",
                  "[2026, 1, 1]",
                  "type",
                  "\"\\ud800\"",
                  "format"),
          "tensor",
              Map.of("12", "type", "\"[]\"", "type", "{}", "type", "[]", "shape", "true", "type"));

  private final Caller caller;

  MutatedBodiesTest(Caller caller) {
    this.caller = caller;
  }

  /** The valid body, cut after every few bytes. */
  static Stream<byte[]> cutBodies() {
    byte[] whole = bytes(Bodies.single(Bodies.row("loan-default")));
    return IntStream.range(0, whole.length)
        .filter(length -> length % CUT_EVERY == 0 || length == whole.length - 1)
        .mapToObj(length -> Arrays.copyOf(whole, length));
  }

  @ParameterizedTest
  @MethodSource("cutBodies")
  void refusesABodyThatEndsTooEarly(byte[] body) {
    Problems.require(
        caller.post("/v1/models/loan-default/predict", body, Caller.JSON), 400, "malformed-json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"breast-cancer", "diabetes", "digits", "loan-default"})
  void refusesValuesOfTheWrongTypeByEachFeature(String model) {
    JsonNode version = caller.get("/v1/models/" + model + "/versions/1").json();
    for (JsonNode feature : version.at("/contract/features")) {
      String name = feature.get("name").asString();
      WRONG
          .getOrDefault(feature.get("type").asString(), Map.of())
          .forEach((value, rule) -> requireRule(model, name, value, rule));
      if (!feature.get("nullable").asBoolean()) {
        requireRule(model, name, "null", "nullable");
      }
    }
  }

  private void requireRule(String model, String feature, String value, String rule) {
    Answer answer =
        caller.post(
            "/v1/models/" + model + "/predict",
            "{\"instance\": " + Bodies.rowWith(model, feature, value) + "}");
    Problems.require(answer, 422, "contract-violation");
    assertThat(answer.brokenRules())
        .as("%s of %s is %s", feature, model, value)
        .containsExactly("/instance/" + feature + " " + rule);
  }

  /** Flips, drops, doubles and swaps bytes; what comes out may even be valid. */
  @ParameterizedTest
  @ValueSource(strings = {"breast-cancer", "diabetes", "digits", "loan-default"})
  void answersNoiseWithoutFailing(String model) {
    Random random = new Random(model.hashCode());
    byte[] valid = bytes(Bodies.single(Bodies.row(model)));
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < NOISY_BODIES; i++) {
      Answer answer =
          caller.post("/v1/models/" + model + "/predict", noisy(valid, random), Caller.JSON);
      statuses.add(answer.status());
      if (answer.status() != 200) {
        Problems.requireSound(answer);
      }
    }
    assertThat(statuses).contains(400, 422).containsOnly(200, 400, 422);
  }

  private static byte[] noisy(byte[] valid, Random random) {
    byte[] noisy = valid;
    for (int change = random.nextInt(3); change >= 0; change--) {
      int at = random.nextInt(noisy.length);
      int end = Math.min(noisy.length, at + random.nextInt(12));
      noisy =
          switch (random.nextInt(4)) {
            case 0 -> spliced(noisy, at, at + 1, new byte[] {(byte) random.nextInt(256)});
            case 1 -> spliced(noisy, at, end, new byte[0]);
            case 2 -> spliced(noisy, at, at, Arrays.copyOfRange(noisy, at, end));
            default -> spliced(noisy, at, at + 1, bytes("{}[],:\"\\0e-.".substring(at % 13)));
          };
    }
    return noisy;
  }

  /** The bytes with those from {@code from} to {@code to} replaced. */
  private static byte[] spliced(byte[] whole, int from, int to, byte[] between) {
    byte[] spliced = Arrays.copyOf(whole, whole.length - (to - from) + between.length);
    System.arraycopy(between, 0, spliced, from, between.length);
    System.arraycopy(whole, to, spliced, from + between.length, whole.length - to);
    return spliced;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
