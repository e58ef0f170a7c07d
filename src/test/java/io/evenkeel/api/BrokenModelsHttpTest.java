package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** A server of whose versions several are broken. */
@ServingTest
@ContextConfiguration(initializers = OddModels.class)
class BrokenModelsHttpTest {
  private final Caller caller;
  private final Environment environment;

  BrokenModelsHttpTest(Caller caller, Environment environment) {
    this.caller = caller;
    this.environment = environment;
  }

  @ParameterizedTest
  @CsvSource({
    "2, golden.jsonl, SHA-256",
    "3, contract.yaml, Y",
    "4, golden.jsonl, not reproduced",
    "5, contract.yaml, not valid YAML",
    "6, model.onnx, can't be loaded"
  })
  void saysWhyAVersionIsNotServed(String version, String file, String cause) {
    JsonNode description = caller.get("/v1/models/diabetes/versions/" + version).json();
    assertThat(description.get("state").asString()).isEqualTo("failed");
    JsonNode mistake = description.get("mistakes").get(0);
    assertThat(mistake.propertyNames()).containsExactly("file", "line", "cause", "mend");
    assertThat(mistake.get("file").asString()).isEqualTo(file);
    assertThat(mistake.get("cause").asString()).contains(cause);
    assertThat(mistake.get("mend").asString()).isNotBlank();
    assertThat(description.toString()).doesNotContain("/tmp", "Exception", "java.");
  }

  @Test
  void listsFailedVersionsWithTheOthers() {
    JsonNode model = caller.get("/v1/models/diabetes").json();
    assertThat(model.get("stable").asString()).isEqualTo("1");
    assertThat(model.get("versions").valueStream().map(version -> version.get("state").asString()))
        .containsExactly("ready", "failed", "failed", "failed", "failed", "failed");
  }

  @Test
  void hasNoSchemaOfAVersionThatIsNotReady() {
    Answer answer = caller.get("/v1/models/diabetes/versions/3/schema");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().get("reason").asString()).isEqualTo("not-ready");
    assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
  }

  @Test
  void describesOnlyVersionsThatAreReady() {
    JsonNode document = caller.get("/v3/api-docs").json();
    assertThat(document.get("paths").propertyNames())
        .contains("/v1/models/diabetes/versions/1/predict")
        .doesNotContain("/v1/models/diabetes/versions/3/predict");
    JsonNode schemas = document.at("/components/schemas");
    assertThat(schemas.at("/NanNullPrediction/properties/value/type").toString())
        .isEqualTo("[\"number\",\"null\"]");
    assertThat(schemas.at("/IrisPrediction/properties/label/enum")).hasSize(3);
  }

  @Test
  void servesTheOtherVersions() {
    String body = Bodies.single(Bodies.row("diabetes"));
    assertThat(caller.post("/v1/predict", body).json().get("version").asString()).isEqualTo("1");
    assertThat(caller.post("/v1/models/diabetes/predict", body).status()).isEqualTo(200);
  }

  @Test
  void answersThatAFailedVersionIsNotReady() {
    Answer answer = caller.post("/v1/models/diabetes/versions/3/predict", "{}");
    Problems.requireDocument(answer);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.kind()).isEqualTo("overloaded");
    assertThat(answer.json().get("reason").asString()).isEqualTo("not-ready");
    assertThat(answer.header("Retry-After")).isEqualTo("2");
  }

  @Test
  void isReadyAsLongAsWhatIsRoutedIs() throws Exception {
    caller.port();
    int port = environment.getRequiredProperty("local.management.port", Integer.class);
    URI readiness = URI.create("http://localhost:" + port + "/actuator/health/readiness");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> health =
          client.send(HttpRequest.newBuilder(readiness).build(), BodyHandlers.ofString());
      assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
      assertThat(health.body()).contains("\"models\"");
    }
  }
}
