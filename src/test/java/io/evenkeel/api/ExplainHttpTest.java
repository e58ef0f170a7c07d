package io.evenkeel.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.Servable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** One prediction is explained, over HTTP and with the bundled models. */
@ServingTest
class ExplainHttpTest {
  private static final String LOAN = "/v1/models/loan-default/";

  private final Caller caller;
  private final ModelRegistry models;

  ExplainHttpTest(Caller caller, ModelRegistry models) {
    this.caller = caller;
    this.models = models;
  }

  private Answer explain(String model, String options) {
    String row = Bodies.row(model).toString();
    return caller.post("/v1/models/" + model + "/explain", "{\"instance\": " + row + options + "}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"breast-cancer", "diabetes", "digits", "loan-default"})
  void attributionsAddUpToWhatIsExplained(String model) {
    Answer answer = explain(model, "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode found = answer.json();
    assertThat(found.propertyNames())
        .containsExactly(
            "id",
            "model",
            "version",
            "contract",
            "prediction",
            "baseline",
            "explained",
            "attributions",
            "method",
            "permutations",
            "seed",
            "partial",
            "warnings");
    JsonNode explained = found.get("explained");
    double sum =
        found
            .get("attributions")
            .valueStream()
            .mapToDouble(one -> one.get("attribution").doubleValue())
            .sum();
    assertThat(sum)
        .isCloseTo(
            explained.get("value").doubleValue() - explained.get("baseline").doubleValue(),
            within(1e-9));
    Servable servable = requireNonNull(requireNonNull(models.find(model, "1")).servable());
    assertThat(found.get("attributions").size()).isEqualTo(servable.contract().features().size());
    assertThat(found.get("permutations").intValue()).isEqualTo(64);
    assertThat(found.get("partial").booleanValue()).isFalse();
    assertThat(answer.header("Server-Timing")).contains("run;dur=");
  }

  @Test
  void explainsTheLabelThatIsPredicted() {
    String row = Bodies.single(Bodies.row("breast-cancer"));
    JsonNode predicted = caller.post("/v1/predict", row).json().get("prediction");
    JsonNode found = caller.post("/v1/explain", row).json();

    assertThat(found.get("model").asString()).isEqualTo("breast-cancer");
    assertThat(found.get("prediction")).isEqualTo(predicted);
    assertThat(found.at("/explained/label")).isEqualTo(predicted.get("label"));
    assertThat(found.at("/explained/value").doubleValue())
        .isCloseTo(predicted.get("confidence").doubleValue(), within(1e-6));
    assertThat(found.at("/baseline/label").asString()).isIn("malignant", "benign");
  }

  @Test
  void saysNothingOfTheValuesOfSensitiveFeatures() {
    Answer answer = explain("loan-default", "");
    JsonNode birth = ofFeature(answer.json(), "date_of_birth");

    assertThat(birth.propertyNames())
        .containsExactly("feature", "sensitive", "attribution", "standardError");
    assertThat(answer.body())
        .doesNotContain(Bodies.row("loan-default").get("date_of_birth").asString());
    assertThat(ofFeature(answer.json(), "term_months").propertyNames())
        .containsExactly("feature", "value", "baseline", "attribution", "standardError");
  }

  @Test
  void showsValuesAsTheModelGotThem() {
    String row = Bodies.rowWith("loan-default", "dependants", "90");
    JsonNode found = caller.post(LOAN + "explain", Bodies.instance(row)).json();

    assertThat(ofFeature(found, "dependants").get("value").intValue()).isLessThan(90);
    assertThat(found.get("warnings").valueStream().map(Answer::brokenRule))
        .contains("/instance/dependants clamped");
    assertThat(ofFeature(found, "has_partner").get("value").isBoolean()).isTrue();
    assertThat(ofFeature(found, "purpose").get("baseline").isString()).isTrue();
    assertThat(ofFeature(found, "applied_on").get("baseline").asString())
        .matches("\\d{4}-\\d\\d-\\d\\d");
  }

  private static JsonNode ofFeature(JsonNode explanation, String feature) {
    List<JsonNode> found =
        explanation
            .get("attributions")
            .valueStream()
            .filter(one -> one.get("feature").asString().equals(feature))
            .toList();
    assertThat(found).as(feature).hasSize(1);
    return found.getFirst();
  }

  @Test
  void answersTheSameTheSame() {
    JsonNode first = explain("loan-default", "").json();
    String seed = first.get("seed").toString();

    assertThat(explain("loan-default", "").json().get("attributions"))
        .isEqualTo(first.get("attributions"));
    assertThat(
            explain("loan-default", ", \"options\": {\"seed\": " + seed + "}")
                .json()
                .get("attributions"))
        .isEqualTo(first.get("attributions"));
    JsonNode other =
        explain("loan-default", ", \"options\": {\"seed\": 7, \"permutations\": 5}").json();
    assertThat(other.get("seed").intValue()).isEqualTo(7);
    assertThat(other.get("permutations").intValue()).as("whole pairs").isEqualTo(4);
  }

  @Test
  void onePairTellsNothingOfTheError() {
    JsonNode found = explain("loan-default", ", \"options\": {\"permutations\": 2}").json();

    assertThat(found.at("/attributions/0/standardError").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"permutations\": 1} | /options/permutations minimum",
        "{\"permutations\": 5000} | /options/permutations maximum",
        "{\"permutations\": \"9\"} | /options/permutations type",
        "{\"permutations\": 2.5} | /options/permutations type",
        "{\"permutations\": [2]} | /options/permutations type",
        "{\"seed\": 99999999999999999999} | /options/seed type",
        "{\"seed\": 1, \"permutations\": 0} | /options/permutations minimum",
        "[] | /options type"
      })
  void saysWhatIsWrongWithAnOption(String options, String rule) {
    Answer answer = explain("digits", ", \"options\": " + options);

    Problems.require(answer, 422, "contract-violation");
    assertThat(answer.violations().stream().map(Answer::brokenRule)).containsExactly(rule);
  }

  @Test
  void refusesOptionsThatAreNotKnown() {
    Problems.require(
        explain("digits", ", \"options\": {\"method\": \"exact\"}"), 400, "unknown-option");
    Problems.require(
        explain("digits", ", \"options\": {\"seed\": 1, \"more\": 2}"), 400, "unknown-option");
  }

  @Test
  void refusesWhatAPredictionRefuses() {
    String wrong = Bodies.instance(Bodies.rowWith("loan-default", "amount", "-5"));
    Answer answer = caller.post(LOAN + "explain", wrong);

    Problems.require(answer, 422, "contract-violation");
    assertThat(answer.json().get("violations"))
        .isEqualTo(caller.post(LOAN + "predict", wrong).json().get("violations"));
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/explain, 400, malformed-json",
    "/v1/models/none/explain, 404, no-such-model",
    "/v1/models/digits/versions/9/explain, 404, no-such-version",
    "/v1/models/digits/explain?mode=per-item, 400, unknown-option",
    "/v1/models/digits/explain/batch, 404, no-such-resource"
  })
  void refusesWhatItCannotReadOrFind(String path, int status, String kind) {
    Problems.require(caller.post(path, "{"), status, kind);
  }

  @Test
  void takesPostsOnly() {
    Answer got = caller.get("/v1/models/digits/versions/1/explain");

    Problems.require(got, 405, "method-not-allowed");
    assertThat(got.header("Allow")).isEqualTo("POST");
  }

  @Test
  void isNoTraffic() {
    String report = "/v1/models/diabetes/validation-report";
    caller.port();
    JsonNode before = caller.get(report).json().get("versions");
    assertThat(explain("diabetes", "").status()).isEqualTo(200);

    assertThat(caller.get(report).json().get("versions")).isEqualTo(before);
  }
}
