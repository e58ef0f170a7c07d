package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What holds for every refusal, whatever was wrong. */
final class Problems {
  private static final Pattern INSIDE =
      Pattern.compile("\\b(java|org|tools|io)\\.[a-z]+\\.|Exception|at \\w+\\.|\\.java\\b|/src/");

  private Problems() {}

  /**
   * The refusal is the caller's fault, is a problem document, says nothing of the server's inside,
   * and carries its request's id.
   */
  static void requireSound(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
    requireDocument(answer);
  }

  /** The same for a refusal that isn't the caller's fault. */
  static void requireDocument(Answer answer) {
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.body()).doesNotContainPattern(INSIDE);
    JsonNode problem = answer.json();
    assertThat(problem.get("type").asString()).startsWith("urn:evenkeel:problem:");
    assertThat(problem.get("status").asInt()).isEqualTo(answer.status());
    assertThat(problem.get("title").asString()).isNotBlank();
    assertThat(problem.get("detail").asString()).isNotBlank();
    assertThat(problem.get("requestId").asString())
        .isNotBlank()
        .isEqualTo(answer.header("X-Request-Id"));
    answer
        .violations()
        .forEach(violation -> {
          assertThat(violation.get("pointer").asString()).matches("(/.*)?");
          assertThat(violation.get("expected").asString()).isNotBlank();
        });
  }

  /** A sound refusal of one kind. */
  static void require(Answer answer, int status, String kind) {
    requireSound(answer);
    assertThat(answer.kind()).as(answer.body()).isEqualTo(kind);
    assertThat(answer.status()).isEqualTo(status);
  }
}
