package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Paths, models, versions and methods that there are not. */
@ServingTest
class RefusedPathsTest {
  private static final String DIABETES = "/v1/models/diabetes";

  private final Caller caller;
  private final String body = Bodies.single(Bodies.row("diabetes"));

  RefusedPathsTest(Caller caller) {
    this.caller = caller;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1",
        "/v1/",
        "/v1/nothing",
        "/v1/Predict",
        "/v1/predict/",
        "/v1/predict/one",
        "/v1/predict/batch/",
        "/v1/predictbatch",
        "/v1/model/diabetes/predict",
        "/v1/models/diabetes/",
        "/v1/models/diabetes/predictions",
        "/v1/models/diabetes/predict/",
        "/v1/models/diabetes/predict/batch/1",
        "/v1/models/diabetes/versions",
        "/v1/models/diabetes/versions/1/",
        "/v1/models/diabetes/versions/1/predict/all",
        "/v1/models/diabetes/1/predict",
        "/v1/%70redict%2e",
        "/v2",
        "/nothing",
        "/v1.0/predict",
        "/.env",
        "/error/x"
      })
  void knowsNoOtherPaths(String path) {
    Problems.require(caller.post(path, body), 404, "no-such-resource");
    Problems.require(caller.get(path), 404, "no-such-resource");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "DIABETES",
        "diabetes%20",
        "%20",
        "%E2%98%83",
        "%3Cscript%3Ealert(1)%3C%3E",
        "%22%7D",
        "%01%1F",
        "%F0%9F%98%80",
        "%252e%252e",
        "...",
        "*",
        "$%7Bjndi:x%7D"
      })
  void knowsNoOtherModels(String model) {
    Problems.require(caller.post("/v1/models/" + model + "/predict", body), 404, "no-such-model");
    Problems.require(caller.get("/v1/models/" + model), 404, "no-such-model");
    Problems.require(caller.get("/v1/models/" + model + "/versions/1"), 404, "no-such-model");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "2", "1.0", "01", "-1", "latest", "v1", "%20", "1%20", "%F0%9F%98%80"})
  void knowsNoOtherVersions(String version) {
    String path = DIABETES + "/versions/" + version;
    Problems.require(caller.post(path + "/predict", body), 404, "no-such-version");
    Problems.require(
        caller.post(path + "/predict/batch", "{\"instances\": []}"), 404, "no-such-version");
    Problems.require(caller.get(path), 404, "no-such-version");
  }

  @Test
  void shortensLongNames() {
    String cutWithinACharacter = "a".repeat(63) + "%F0%9F%98%80".repeat(50);
    for (String name : new String[] {"a".repeat(2000), "%3C".repeat(500), cutWithinACharacter}) {
      Answer model = caller.post("/v1/models/" + name + "/predict", body);
      Problems.require(model, 404, "no-such-model");
      assertThat(model.body().length()).isLessThan(600);
      assertThat(model.body().toLowerCase(Locale.ROOT)).doesNotContain("\\ud83d", "\ufffd");
      Answer version = caller.get(DIABETES + "/versions/" + name);
      Problems.require(version, 404, "no-such-version");
      assertThat(version.body().length()).isLessThan(600);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/predict, POST",
    "HEAD, /v1/predict, POST",
    "PUT, /v1/predict, POST",
    "PATCH, /v1/models/diabetes/predict, POST",
    "DELETE, /v1/models/diabetes/predict/batch, POST",
    "OPTIONS, /v1/models/diabetes/versions/1/predict, POST",
    "post, /v1/predict, POST",
    "BREW, /v1/predict, POST",
    "PROPFIND, /v1/models/nothing/predict, POST",
    "POST, /v1/models, 'GET, HEAD'",
    "PUT, /v1/models/diabetes, 'GET, HEAD'",
    "DELETE, /v1/models/diabetes/versions/1, 'GET, HEAD'",
    "OPTIONS, /v1/models, 'GET, HEAD'"
  })
  void takesNoOtherMethods(String method, String path, String allowed) {
    Answer answer = caller.send(method, path, body, "Content-Type", "application/json");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo(allowed);
    if (!method.equals("HEAD")) {
      Problems.require(answer, 405, "method-not-allowed");
    }
  }

  @Test
  void describesWhatItServes() {
    JsonNode models = caller.get("/v1/models").json();
    assertThat(models.get("default").asString()).isEqualTo("breast-cancer");
    assertThat(models.get("models").valueStream().map(model -> model.get("model").asString()))
        .contains("breast-cancer", "diabetes", "digits", "loan-default");
    JsonNode version = caller.get(DIABETES + "/versions/1").json();
    assertThat(version.get("state").asString()).isEqualTo("ready");
    assertThat(version.at("/contract/features")).hasSize(10);
    assertThat(version.at("/card/complete").asBoolean()).isTrue();
    Answer head = caller.send("HEAD", "/v1/models", Caller.NO_BODY);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }
}
