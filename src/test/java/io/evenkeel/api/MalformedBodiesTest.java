package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bodies thought up by hand, in {@code malformed/bodies.jsonl}: each line is a body with the kind
 * of its refusal, and the pointers and rules of all violations where it is JSON.
 */
@ServingTest
class MalformedBodiesTest {
  private static final Path CASES = Path.of("src/test/resources/malformed/bodies.jsonl");
  private static final String PREDICT = "/v1/models/diabetes/predict";

  private final Caller caller;

  MalformedBodiesTest(Caller caller) {
    this.caller = caller;
  }

  /**
   * One line.
   *
   * @param at pointer and rule of each violation
   */
  record Malformed(
      String name, String path, String body, int status, String kind, List<String> at) {
    static Malformed of(JsonNode line) {
      String path = line.path("path").asString(PREDICT);
      return new Malformed(
          line.get("name").asString(),
          path,
          Bodies.fill(line.get("body").asString(), path),
          line.get("status").asInt(),
          line.get("kind").asString(),
          line.path("at").valueStream().map(JsonNode::asString).toList());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Malformed> cases() throws IOException {
    return Files.readAllLines(CASES).stream().map(JsonMapper.shared()::readTree).map(Malformed::of);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refusesWithKindPointerAndRule(Malformed malformed) {
    Answer answer = caller.post(malformed.path(), malformed.body());
    Problems.require(answer, malformed.status(), malformed.kind());
    assertThat(answer.brokenRules()).containsExactlyInAnyOrderElementsOf(malformed.at());
    if (malformed.kind().equals("malformed-json") && !malformed.body().isBlank()) {
      assertThat(answer.json().get("line").asInt()).isPositive();
      assertThat(answer.json().get("column").asInt()).isPositive();
    }
  }

  @AfterEach
  void stillServes() {
    assertThat(caller.post(PREDICT, Bodies.single(Bodies.row("diabetes"))).status()).isEqualTo(200);
  }
}
