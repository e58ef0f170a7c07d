package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The JSON Schema of a version's instances over HTTP. */
@ServingTest
class SchemaHttpTest {
  private final Caller caller;

  SchemaHttpTest(Caller caller) {
    this.caller = caller;
  }

  @Test
  void isThatOfTheVersionTheRouteChooses() {
    Answer answer = caller.get("/v1/models/breast-cancer/schema");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/schema+json");
    assertThat(answer.header("X-Request-Id")).isNotEmpty();
    assertThat(answer.json().get("x-version").asString()).isEqualTo("1");
    assertThat(answer.body())
        .isEqualTo(caller.get("/v1/models/breast-cancer/versions/1/schema").body());
  }

  @Test
  void isThatOfAPinnedVersion() {
    JsonNode schema = caller.get("/v1/models/breast-cancer/versions/2/schema").json();
    assertThat(schema.get("x-version").asString()).isEqualTo("2");
    assertThat(schema.get("properties")).hasSize(30);
  }

  @Test
  void isTakenByWhoeverTakesJson() {
    String path = "/v1/models/digits/schema";
    for (String type : new String[] {"application/schema+json", "application/json", "*/*"}) {
      assertThat(caller.get(path, "Accept", type).status()).isEqualTo(200);
    }
    Problems.require(caller.get(path, "Accept", "text/html"), 406, "not-acceptable");
  }

  @Test
  void answersHeadAndRefusesOtherMethods() {
    String path = "/v1/models/digits/schema";
    Answer head = caller.send("HEAD", path, Caller.NO_BODY);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    Answer post = caller.post(path, "{}");
    Problems.require(post, 405, "method-not-allowed");
    assertThat(post.header("Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void isOnlyThereForWhatIsThere() {
    Problems.require(caller.get("/v1/models/nothing/schema"), 404, "no-such-model");
    Problems.require(caller.get("/v1/models/digits/versions/9/schema"), 404, "no-such-version");
    Problems.require(caller.get("/v1/models/digits/schema/"), 404, "no-such-resource");
    Problems.require(caller.get("/v1/schema"), 404, "no-such-resource");
  }
}
