package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Graphs that fail on some rows, answer what isn't finite, or answer with maps. */
@ServingTest
@ContextConfiguration(initializers = OddModels.class)
class OddModelsHttpTest {
  private static final Path ZIPMAP_ANSWERS =
      Path.of("src/test/resources/graphs/zipmap.golden.json");

  private final Caller caller;

  OddModelsHttpTest(Caller caller) {
    this.caller = caller;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void failsWhereTheModelAnswersWhatIsNotFinite(int x) {
    requireModelFailure(caller.post("/v1/models/nan-reject/predict", single(x)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void answersNullWhereTheContractAllowsIt(int x) {
    Answer answer = caller.post("/v1/models/nan-null/predict", single(x));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"prediction\":{\"value\":null}")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void failsOnlyTheRowWhoseAnswerIsNotFinite() {
    JsonNode answer = batch("nan-reject", 1, -1, 1, 0);
    requireItemFailure(answer.at("/results/1"));
    requireItemFailure(answer.at("/results/3"));
    assertThat(answer.at("/results/2/prediction/value").doubleValue()).isZero();
    assertThat(answer.get("summary").toString())
        .isEqualTo("{\"instances\":4,\"served\":2,\"invalid\":0,\"failed\":2}");
  }

  @Test
  void failsOnlyThePoisonousRowOfABatch() {
    int[] values = new int[100];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    values[37] = 666;
    JsonNode results = batch("poison", values).get("results");
    for (int i = 0; i < values.length; i++) {
      if (i == 37) {
        requireItemFailure(results.get(i));
      } else {
        assertThat(results.get(i).at("/prediction/value").doubleValue()).isEqualTo(2.0 * i);
      }
    }
  }

  @Test
  void servesOnAfterAPoisonousRow() {
    requireModelFailure(caller.post("/v1/models/poison/predict", single(666)));
    Answer next = caller.post("/v1/models/poison/predict", single(21));
    assertThat(next.json().at("/prediction/value").doubleValue()).isEqualTo(42);
  }

  @Test
  void servesAModelThatAnswersWithMaps() throws IOException {
    for (JsonNode line : JsonMapper.shared().readTree(Files.readString(ZIPMAP_ANSWERS))) {
      JsonNode row = line.get("row");
      String body =
          "{\"instance\": {\"sepal_length\": %s, \"sepal_width\": %s, \"petal_length\": %s, \"petal_width\": %s}}"
              .formatted(row.get(0), row.get(1), row.get(2), row.get(3));
      JsonNode prediction = caller.post("/v1/models/iris/predict", body).json().get("prediction");
      assertThat(prediction.get("label")).isEqualTo(line.get("label"));
      line.get("probabilities")
          .properties()
          .forEach(member ->
              assertThat(prediction.get("probabilities").get(member.getKey()).doubleValue())
                  .isCloseTo(member.getValue().doubleValue(), within(1e-5)));
    }
  }

  private JsonNode batch(String model, int... values) {
    StringBuilder instances = new StringBuilder();
    for (int value : values) {
      instances.append(instances.isEmpty() ? "" : ",").append("{\"x\": ").append(value).append("}");
    }
    Answer answer =
        caller.post(
            "/v1/models/" + model + "/predict/batch", "{\"instances\": [" + instances + "]}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain("NaN", "Infinity");
    return answer.json();
  }

  private static String single(int x) {
    return "{\"instance\": {\"x\": " + x + "}}";
  }

  private static void requireModelFailure(Answer answer) {
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.kind()).isEqualTo("model-failure");
    Problems.requireDocument(answer);
    assertThat(answer.body()).doesNotContain("NaN", "Gather", "ORT_");
  }

  private static void requireItemFailure(JsonNode item) {
    assertThat(item.propertyNames()).containsExactly("problem");
    assertThat(item.at("/problem/status").asInt()).isEqualTo(500);
    assertThat(item.at("/problem/type").asString()).isEqualTo(ProblemKind.MODEL_FAILURE.type());
  }
}
