package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Batches in which some instances break the contract. */
@ServingTest
class BatchProblemsTest {
  private static final String BATCH = "/v1/models/diabetes/predict/batch";

  private final Caller caller;
  private final List<JsonNode> rows = Golden.of("diabetes", "1").instances();

  BatchProblemsTest(Caller caller) {
    this.caller = caller;
  }

  @Test
  void putsAProblemInTheBadInstancesPlaceAndServesTheOthers() {
    String bad = Bodies.rowWith("diabetes", "age", "\"49\"");
    JsonNode answer = served(List.of(rows.get(0), bad, rows.get(1), "{}", rows.get(2)));
    JsonNode results = answer.get("results");
    assertThat(results).hasSize(5);
    assertThat(results.get(0).get("prediction")).isEqualTo(alone(rows.get(0)));
    assertThat(results.get(2).get("prediction")).isEqualTo(alone(rows.get(1)));
    assertThat(results.get(4).get("prediction")).isEqualTo(alone(rows.get(2)));
    JsonNode problem = requireItemProblem(results.get(1));
    assertThat(problem.get("violations").valueStream().map(Answer::brokenRule))
        .containsExactly("/instances/1/age type");
    assertThat(requireItemProblem(results.get(3)).get("violations")).hasSize(10);
    assertThat(answer.get("summary").toString())
        .isEqualTo("{\"instances\":5,\"served\":3,\"invalid\":2,\"failed\":0}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "true", "7", "\"x\"", "[]", "[{}]", "[[[]]]", "1e999"})
  void putsAProblemInThePlaceOfWhatIsNoInstance(String item) {
    JsonNode results = served(List.of(rows.get(0), item, rows.get(1))).get("results");
    assertThat(
            requireItemProblem(results.get(1))
                .get("violations")
                .valueStream()
                .map(Answer::brokenRule))
        .containsExactly("/instances/1 type");
    assertThat(results.get(2).get("prediction")).isEqualTo(alone(rows.get(1)));
  }

  @Test
  void answersABatchOfNothingButBadInstances() {
    JsonNode answer = served(List.of("{}", "null", "[]"));
    answer.get("results").forEach(BatchProblemsTest::requireItemProblem);
    assertThat(answer.at("/summary/invalid").asInt()).isEqualTo(3);
  }

  @Test
  void refusesTheWholeBatchWhereNothingOrAllIsAsked() {
    String bad = Bodies.rowWith("diabetes", "bmi", "null");
    String worse = Bodies.rowWith("diabetes", "hdl", "[1]");
    String body = Bodies.batch(List.of(rows.get(0), bad, rows.get(1), worse));
    Answer answer = caller.post(BATCH + "?mode=all-or-nothing", body);
    Problems.require(answer, 422, "contract-violation");
    assertThat(answer.brokenRules())
        .containsExactly("/instances/1/bmi nullable", "/instances/3/hdl type");
    assertThat(caller.post(BATCH + "?mode=per-item", body).status()).isEqualTo(200);
    assertThat(caller.post(BATCH + "?mode=all-or-nothing", Bodies.batch(rows)).status())
        .isEqualTo(200);
  }

  @Test
  void countsWhatItLeavesOutOfALongRefusal() {
    Answer answer =
        caller.post(
            BATCH + "?mode=all-or-nothing", "{\"instances\": [" + "{},".repeat(4999) + "{}]}");
    Problems.require(answer, 422, "contract-violation");
    int omitted = answer.json().get("omittedViolations").asInt();
    assertThat(answer.violations().size() + omitted).isEqualTo(50_000);
    assertThat(answer.body().length()).isLessThan(1_000_000);
  }

  @Test
  void refusesTheWholeBatchWhereTheJsonBreaks() {
    Answer answer = caller.post(BATCH, "{\"instances\": [" + rows.get(0) + ", {\"age\": NaN}]}");
    Problems.require(answer, 400, "malformed-json");
    assertThat(answer.json().get("pointer").asString()).isEqualTo("/instances/1/age");
  }

  private JsonNode served(List<?> items) {
    Answer answer = caller.post(BATCH, Bodies.batch(items));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private JsonNode alone(JsonNode row) {
    return caller.post("/v1/models/diabetes/predict", Bodies.single(row)).json().get("prediction");
  }

  private static JsonNode requireItemProblem(JsonNode item) {
    assertThat(item.propertyNames()).containsExactly("problem");
    JsonNode problem = item.get("problem");
    assertThat(problem.get("type").asString()).isEqualTo(ProblemKind.CONTRACT_VIOLATION.type());
    assertThat(problem.get("status").asInt()).isEqualTo(422);
    return problem;
  }
}
