package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model whose version 2 answers with the logarithm, fails below zero, and may degrade in each
 * way; version 1 doubles.
 */
@ServingTest
@ContextConfiguration(initializers = OddModels.class)
class DegradationHttpTest {
  private static final String VERSION = "/v1/models/degrading/versions/2";

  /** Less than the server keeps for the answer alone, so no lane lets such a request in. */
  private static final String TOO_LITTLE_TIME = "20";

  private final Caller caller;
  private final MeterRegistry meters;

  DegradationHttpTest(Caller caller, MeterRegistry meters) {
    this.caller = caller;
    this.meters = meters;
  }

  private Answer predict(double x) {
    return caller.post(VERSION + "/predict", "{\"instance\": {\"x\": " + x + "}}");
  }

  private Answer predictInNoTime(double x) {
    return postInNoTime(VERSION + "/predict", "{\"instance\": {\"x\": " + x + "}}");
  }

  private Answer postInNoTime(String path, String body) {
    return caller.post(
        path,
        body.getBytes(StandardCharsets.UTF_8),
        "Content-Type",
        "application/json",
        "X-Deadline-Ms",
        TOO_LITTLE_TIME);
  }

  private static void assertDegraded(Answer answer, String mode, String reason, double value) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode json = answer.json();
    assertThat(json.get("degraded").booleanValue()).isTrue();
    assertThat(json.get("degradation")).isEqualTo(degradation(mode, reason));
    assertThat(json.at("/prediction/value").doubleValue()).isEqualTo(value);
    assertThat(json.get("version").asString()).isEqualTo(mode.equals("fallback") ? "1" : "2");
    assertThat(answer.header("Retry-After")).isEmpty();
  }

  private static JsonNode degradation(String mode, String reason) {
    return JsonMapper.shared()
        .readTree("{\"mode\": \"" + mode + "\", \"reason\": \"" + reason + "\"}");
  }

  @Test
  void givesAnEarlierAnswerWhereThereIsNoTimeForANewOne() {
    JsonNode fresh = predict(1).json();
    assertThat(fresh.get("degraded").booleanValue()).isFalse();
    assertThat(fresh.has("degradation")).isFalse();
    assertDegraded(predictInNoTime(1), "cache", "deadline-unattainable", 0);
  }

  @Test
  void letsAnotherVersionAnswerWhereTheModelFails() {
    Answer answer = predict(-3);
    assertDegraded(answer, "fallback", "model-failure", -6);
    String contract =
        caller.get("/v1/models/degrading/versions/1").json().at("/contract/fingerprint").asString();
    assertThat(answer.json().get("contract").asString()).isEqualTo(contract);
  }

  @Test
  void statesTheDefaultWhereNobodyHasTime() {
    assertDegraded(predictInNoTime(-3), "default", "deadline-unattainable", 5);
  }

  @Test
  void letsAnotherVersionAnswerWhileTheCircuitIsOpen() {
    List<String> reasons = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      JsonNode answer =
          caller
              .post("/v1/models/tripping/versions/2/predict", "{\"instance\": {\"x\": -1}}")
              .json();
      assertThat(answer.at("/prediction/value").doubleValue()).isEqualTo(-2);
      reasons.add(answer.at("/degradation/reason").asString());
    }
    assertThat(reasons).startsWith("model-failure").endsWith("circuit-open");
  }

  @Test
  void neverDegradesWhatBreaksTheContract() {
    Answer answer = caller.post(VERSION + "/predict", "{\"instance\": {\"x\": \"one\"}}");
    assertThat(answer.status()).isEqualTo(422);
  }

  @Test
  void marksTheRowsOfABatchOnWhichTheModelFailed() {
    JsonNode answer = caller.post(VERSION + "/predict/batch", batch("1, -4")).json();
    assertThat(answer.get("degraded").booleanValue()).isTrue();
    assertThat(answer.has("degradation")).isFalse();
    assertThat(answer.at("/results/0").propertyNames()).containsExactly("prediction", "warnings");
    JsonNode failed = answer.at("/results/1");
    assertThat(failed.get("degradation")).isEqualTo(degradation("default", "model-failure"));
    assertThat(failed.get("degraded").booleanValue()).isTrue();
    assertThat(failed.at("/prediction/value").doubleValue()).isEqualTo(5);
    assertThat(answer.at("/summary/served").asInt()).isEqualTo(2);
  }

  @Test
  void marksABatchThatWasRefused() {
    JsonNode answer = postInNoTime(VERSION + "/predict/batch", batch("-5, \"five\"")).json();
    JsonNode degradation = degradation("default", "deadline-unattainable");
    assertThat(answer.get("degraded").booleanValue()).isTrue();
    assertThat(answer.get("degradation")).isEqualTo(degradation);
    assertThat(answer.at("/results/0/degradation")).isEqualTo(degradation);
    assertThat(answer.at("/results/1").propertyNames()).containsExactly("problem");
  }

  private static String batch(String values) {
    String[] each = values.split(", ", -1);
    return "{\"instances\": [{\"x\": " + String.join("}, {\"x\": ", each) + "}]}";
  }

  @Test
  void countsDegradedAnswersAndTheRefusalsTheyStandFor() {
    postInNoTime("/v1/models/counted/predict", "{\"instance\": {\"x\": 1}}");
    postInNoTime("/v1/models/counted/predict/batch", batch("1, 2, 3"));
    Await.until(() -> counted("evenkeel.shed", "reason", "deadline-unattainable") == 2);
    assertThat(counted("evenkeel.degraded", "mode", "default")).isEqualTo(4);
    for (String endpoint : List.of("single", "batch")) {
      Timer requests =
          meters
              .get("evenkeel.request")
              .tags("model", "counted", "endpoint", endpoint, "outcome", "degraded")
              .timer();
      assertThat(requests.count()).isEqualTo(1);
    }
  }

  private double counted(String name, String tag, String value) {
    return meters.counter(name, "model", "counted", tag, value).count();
  }

  @Test
  void showsHowMuchACacheHolds() {
    predict(1);
    assertThat(meters.get("evenkeel.cache.bytes").tags("model", "degrading").gauge().value())
        .isPositive();
  }

  @Test
  void showsTheWaysWithTheContract() {
    JsonNode ways = caller.get(VERSION).json().at("/contract/degradation");
    assertThat(ways)
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    "[{\"cache\": {\"maxAge\": \"90m\", \"maxSize\": \"1MB\"}},"
                        + " {\"fallback\": {\"version\": \"1\"}}, {\"default\": {\"value\": 5.0}}]"));
  }
}
