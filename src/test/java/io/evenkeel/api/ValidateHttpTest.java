package io.evenkeel.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.Servable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A verdict says what a prediction would be refused for, and what the model would get. */
@ServingTest
class ValidateHttpTest {
  private static final String LOAN = "/v1/models/loan-default/";

  private final Caller caller;
  private final ModelRegistry models;

  ValidateHttpTest(Caller caller, ModelRegistry models) {
    this.caller = caller;
    this.models = models;
  }

  @ParameterizedTest
  @ValueSource(strings = {"breast-cancer", "diabetes", "digits", "loan-default"})
  void showsEveryElementOfAValidRow(String model) {
    String path = "/v1/models/" + model + "/versions/1/validate";
    Answer answer = caller.post(path, Bodies.single(Bodies.row(model)));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode verdict = answer.json();
    assertThat(verdict.has("outlier")).isEqualTo(!model.equals("digits"));
    assertThat(verdict.propertyNames())
        .filteredOn(name -> !name.equals("outlier"))
        .containsExactly(
            "id",
            "model",
            "version",
            "contract",
            "valid",
            "violations",
            "warnings",
            "monitored",
            "tensors");
    assertThat(verdict.get("valid").asBoolean()).isTrue();
    assertThat(verdict.get("violations")).isEmpty();
    Servable servable = requireNonNull(requireNonNull(models.find(model, "1")).servable());
    assertThat(verdict.get("contract").asString()).isEqualTo(servable.contract().fingerprint());
    JsonNode tensor = verdict.get("tensors").get(0);
    assertThat(tensor.get("columns").size())
        .isEqualTo(servable.preprocessor().inputs().getFirst().elements());
    for (JsonNode column : tensor.get("columns")) {
      boolean sensitive = column.get("feature").asString().equals("date_of_birth");
      assertThat(column.propertyNames())
          .containsExactly("name", "feature", sensitive ? "sensitive" : "value");
    }
  }

  @Test
  void showsWhatBecomesOfAFeature() {
    String row = Bodies.rowWith("loan-default", "income", "null");
    JsonNode verdict = caller.post(LOAN + "validate", Bodies.instance(row)).json();
    List<String> ofIncome =
        verdict
            .get("tensors")
            .get(0)
            .get("columns")
            .valueStream()
            .filter(column -> column.get("feature").asString().equals("income"))
            .map(column -> column.get("name").asString() + " " + column.get("value"))
            .toList();
    assertThat(ofIncome).hasSize(2);
    assertThat(ofIncome.get(0)).startsWith("income 0.00");
    assertThat(ofIncome.get(1)).isEqualTo("income=missing 1.0");
  }

  @Test
  void showsClampedValuesWithTheirWarning() {
    String row = Bodies.rowWith("loan-default", "dependants", "90");
    JsonNode verdict = caller.post(LOAN + "validate", Bodies.instance(row)).json();
    assertThat(verdict.get("warnings").valueStream().map(Answer::brokenRule))
        .contains("/instance/dependants clamped");
  }

  static Stream<String> wrongBodies() {
    String row = Bodies.row("loan-default").toString();
    return Stream.of(
        "{}",
        "[]",
        "{\"instance\": 1}",
        "{\"instance\": {}}",
        "{\"instances\": [" + row + "]}",
        "{\"instance\": " + row + ", \"more\": 1}",
        "{\"instance\": " + row + ", \"instance\": " + row + "}",
        Bodies.instance(Bodies.rowWith("loan-default", "amount", "-5")),
        Bodies.instance(Bodies.rowWith("loan-default", "amount", "\"5000\"")),
        Bodies.instance(Bodies.rowWith("loan-default", "open_accounts", "99")));
  }

  @ParameterizedTest
  @MethodSource("wrongBodies")
  void saysWhatAPredictionWouldBeRefusedFor(String body) {
    Answer refused = caller.post(LOAN + "predict", body);
    Answer answer = caller.post(LOAN + "validate", body);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("valid").asBoolean()).isFalse();
    assertThat(answer.json().get("violations")).isEqualTo(refused.json().get("violations"));
    assertThat(answer.json().get("tensors")).isEmpty();
  }

  @Test
  void countsWhatItDoesNotList() {
    StringBuilder row = new StringBuilder("{");
    for (int i = 0; i < 300; i++) {
      row.append("\"x").append(i).append("\": 1, ");
    }
    String body = Bodies.instance(row.append("\"amount\": 1}").toString());
    JsonNode verdict = caller.post(LOAN + "validate", body).json();
    assertThat(verdict.get("omittedViolations"))
        .isEqualTo(caller.post(LOAN + "predict", body).json().get("omittedViolations"));
    assertThat(verdict.get("omittedViolations").asInt()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/validate, 400, malformed-json",
    "/v1/models/none/validate, 404, no-such-model",
    "/v1/models/digits/versions/9/validate, 404, no-such-version",
    "/v1/models/digits/validate?mode=per-item, 400, unknown-option",
    "/v1/models/digits/validate/batch, 404, no-such-resource"
  })
  void refusesWhatAPredictionRefuses(String path, int status, String kind) {
    Problems.require(caller.post(path, "{"), status, kind);
  }

  @Test
  void takesPostsOfJsonOnly() {
    Answer got = caller.get("/v1/validate");
    Problems.require(got, 405, "method-not-allowed");
    assertThat(got.header("Allow")).isEqualTo("POST");
    Problems.require(
        caller.post("/v1/validate", new byte[0], "Content-Type", "text/plain"),
        415,
        "unsupported-media-type");
  }

  @Test
  void runsNothingAndIsNotObserved() {
    caller.port();
    Servable servable = requireNonNull(requireNonNull(models.find("digits", "1")).servable());
    String report = "/v1/models/digits/validation-report";
    long runs = servable.lane().counters().runs();
    JsonNode before = caller.get(report).json().get("versions");
    caller.post("/v1/models/digits/validate", Bodies.single(Bodies.row("digits")));
    caller.post("/v1/models/digits/validate", "{\"instance\": {}}");
    assertThat(servable.lane().counters().runs()).isEqualTo(runs);
    assertThat(caller.get(report).json().get("versions")).isEqualTo(before);
  }

  @Test
  void isAnsweredByTheDefaultModelWhereNoneIsNamed() {
    JsonNode verdict =
        caller.post("/v1/validate", Bodies.single(Bodies.row("breast-cancer"))).json();
    assertThat(verdict.get("model").asString()).isEqualTo("breast-cancer");
    assertThat(verdict.get("valid").asBoolean()).isTrue();
  }
}
