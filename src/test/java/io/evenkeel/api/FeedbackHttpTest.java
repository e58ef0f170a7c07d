package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Outcomes by HTTP, and what they say of quality. */
@ServingTest
@TestPropertySource(properties = "evenkeel.quality.window=2000")
class FeedbackHttpTest {
  private static final String FEEDBACK = "/v1/feedback";
  private final Caller caller;

  FeedbackHttpTest(Caller caller) {
    this.caller = caller;
  }

  private String predict(String model) {
    Answer answer =
        caller.post("/v1/models/" + model + "/predict", Bodies.single(Bodies.row(model)));
    assertThat(answer.status()).isEqualTo(200);
    return answer.json().get("id").stringValue();
  }

  private Answer give(String id, String more) {
    return caller.post(FEEDBACK, "{\"id\": \"" + id + "\", " + more + "}");
  }

  private static void assertResult(Answer answer, String result) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().get("result").stringValue()).isEqualTo(result);
  }

  /** Each time at once after the answer: the prediction may not be kept yet. */
  @Test
  void outcomesFindTheirPredictionsHoweverEarlyTheyCome() {
    for (int i = 0; i < 50; i++) {
      Answer answer = give(predict("loan-default"), "\"outcome\": \"repaid\"");

      assertResult(answer, "recorded");
      assertThat(answer.json().get("model").stringValue()).isEqualTo("loan-default");
      assertThat(answer.json().get("version").stringValue()).isEqualTo("1");
    }
  }

  @Test
  void theSameAgainChangesNothingAndTheLatestCounts() {
    String id = predict("loan-default");

    assertResult(give(id, "\"outcome\": \"repaid\", \"at\": \"2026-03-11T09:30:00Z\""), "recorded");
    assertResult(
        give(id, "\"outcome\": \"repaid\", \"at\": \"2026-03-12T09:30:00Z\""), "unchanged");
    Answer replaced = give(id, "\"outcome\": \"defaulted\", \"at\": \"2026-03-13T10:30:00+01:00\"");
    assertResult(replaced, "replaced");
    assertThat(replaced.json().at("/known/outcome").stringValue()).isEqualTo("repaid");
    Answer outdated = give(id, "\"outcome\": \"repaid\", \"at\": \"2026-03-12T09:30:00Z\"");
    assertResult(outdated, "outdated");
    assertThat(outdated.json().at("/known/at").stringValue()).isEqualTo("2026-03-13T09:30:00Z");
  }

  @Test
  void takesABatchItemByItem() {
    Answer predicted =
        caller.post(
            "/v1/models/diabetes/predict/batch",
            Bodies.batch(List.of(Bodies.row("diabetes"), Bodies.row("diabetes"))));
    String id = predicted.json().get("id").stringValue();

    Answer answer =
        caller.post(
            FEEDBACK + "/batch",
            """
            {"items": [
              {"id": "%1$s", "index": 1, "outcome": 120.5},
              {"id": "%1$s", "index": 0, "outcome": "high"},
              {"id": "%1$s", "index": 2, "outcome": 3},
              {"id": "%1$s", "outcome": 3},
              {"id": 7, "outcome": 3},
              {"id": "%1$s", "index": 1, "outcome": 121.5}
            ]}
            """
                .formatted(id));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode results = answer.json().get("results");
    assertThat(results.at("/0/result").stringValue()).isEqualTo("recorded");
    assertThat(results.at("/0/index").intValue()).isEqualTo(1);
    assertThat(results.at("/1/problem/status").intValue()).isEqualTo(422);
    assertThat(results.at("/1/problem/detail").stringValue()).contains("as a number");
    assertThat(results.at("/2/problem/status").intValue()).isEqualTo(404);
    assertThat(results.at("/3/problem/detail").stringValue()).contains("`index`");
    assertThat(results.at("/4/problem/status").intValue()).isEqualTo(422);
    assertThat(results.at("/5/result").stringValue()).isEqualTo("replaced");
    assertThat(answer.json().get("summary").toString())
        .isEqualTo("{\"items\":6,\"joined\":2,\"refused\":4}");
  }

  @Test
  void saysThatAPredictionIsNotKept() {
    for (String id : List.of(UUID.randomUUID().toString(), Ids.next(), "nonsense")) {
      Answer answer = give(id, "\"outcome\": 1");

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.json().get("type").stringValue()).endsWith(":no-such-prediction");
      assertThat(answer.json().get("detail").stringValue()).contains("`id` of the answer");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"outcome\": \"maybe\" | \"repaid\", \"defaulted\"",
        "\"outcome\": 1 | as a text",
        "\"outcome\": null | neither a label nor",
        "\"outcome\": \"repaid\", \"at\": \"yesterday\" | `at` is no moment",
        "\"outcome\": \"repaid\", \"at\": \"2999-01-01T00:00:00Z\" | in the future",
        "\"outcome\": \"repaid\", \"index\": -1 | `index` is no whole number",
        "\"outcome\": \"repaid\", \"label\": 1 | a member is unknown"
      })
  void saysHowToMendFeedbackThatFitsNot(String members, String detail) {
    Answer answer = give(predict("loan-default"), members);

    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().get("type").stringValue()).endsWith(":unusable-feedback");
    assertThat(answer.json().get("detail").stringValue()).contains(detail);
  }

  @Test
  void refusesWhatIsNoFeedback() {
    assertThat(caller.get(FEEDBACK).status()).isEqualTo(405);
    assertThat(caller.post(FEEDBACK, "{").status()).isEqualTo(400);
    assertThat(caller.post(FEEDBACK, "[]").status()).isEqualTo(422);
    assertThat(caller.post(FEEDBACK + "/batch", "{\"items\": []}").status()).isEqualTo(422);
    assertThat(caller.post(FEEDBACK + "/else", "{}").status()).isEqualTo(404);
    assertThat(caller.post(FEEDBACK + "?mode=x", "{}").status()).isEqualTo(400);
    assertThat(caller.get("/v1/models/none/quality").status()).isEqualTo(404);
    assertThat(caller.get("/v1/models/digits/quality?version=9").status()).isEqualTo(404);
  }

  @Test
  void showsNoFiguresOfFewOutcomes() {
    assertResult(give(predict("digits"), "\"outcome\": \"3\""), "recorded");

    JsonNode report = caller.get("/v1/models/digits/quality?version=1").json().at("/versions/0");

    assertThat(report.at("/outcomes/count").intValue()).isPositive();
    assertThat(report.at("/outcomes/needed").intValue()).isEqualTo(100);
    assertThat(report.get("figures")).isEmpty();
    assertThat(report.has("calibration")).isFalse();
    assertThat(report.has("expectedAccuracy")).isFalse();
    assertThat(report.at("/confidence/rows").intValue()).isPositive();
  }

  @Test
  void measuresValues() {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      rows.add(Bodies.row("diabetes").toString());
    }
    JsonNode answer = caller.post("/v1/models/diabetes/predict/batch", Bodies.batch(rows)).json();
    List<String> items = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      double value = answer.at("/results/" + i + "/prediction/value").doubleValue();
      items.add(item(answer, i, Double.toString(value + (i % 2 == 0 ? 3 : -3))));
    }
    giveAll(items);

    JsonNode report = caller.get("/v1/models/diabetes/quality?version=1").json().at("/versions/0");

    assertThat(report.at("/figures/mae/n").intValue()).isGreaterThanOrEqualTo(120);
    assertThat(report.at("/figures/rmse/low").isNumber()).isTrue();
  }

  private static String item(JsonNode answer, int index, String outcome) {
    return "{\"id\": "
        + answer.get("id")
        + ", \"index\": "
        + index
        + ", \"outcome\": "
        + outcome
        + "}";
  }

  private void giveAll(List<String> items) {
    Answer answer = caller.post(FEEDBACK + "/batch", "{\"items\": " + items + "}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().at("/summary/joined").intValue()).isEqualTo(items.size());
  }

  /** A loan application and what became of it. */
  private record Loan(String part, String outcome, String instance) {}

  private static List<Loan> loans(String part) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Files.newInputStream(Path.of("src/test/resources/quality/loans.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> JsonMapper.shared().readTree(line))
          .map(node ->
              new Loan(
                  node.get("part").stringValue(),
                  node.get("outcome").toString(),
                  node.get("instance").toString()))
          .filter(loan -> loan.part().equals(part))
          .toList();
    }
  }

  private JsonNode predictAll(List<Loan> loans) {
    Answer answer =
        caller.post(
            "/v1/models/loan-default/predict/batch",
            "{\"instances\": "
                + loans.stream().map(Loan::instance).collect(Collectors.joining(",", "[", "]"))
                + "}");
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  private static double accuracy(JsonNode answer, List<Loan> loans) {
    int right = 0;
    for (int i = 0; i < loans.size(); i++) {
      JsonNode label = answer.at("/results/" + i + "/prediction/label");
      right += label.toString().equals(loans.get(i).outcome()) ? 1 : 0;
    }
    return (double) right / loans.size();
  }

  private JsonNode quality() {
    return caller.get("/v1/models/loan-default/quality?version=1").json().at("/versions/0");
  }

  private int seenRows() {
    return quality().at("/confidence/rows").intValue();
  }

  /**
   * Outcomes are known of 2000 applications; then come 2000 of poorer applicants, whose outcomes
   * nobody tells. The accuracy falls by more than three points, and the estimate knows.
   */
  @Test
  void estimatesTheAccuracyWhereOnlyTheInputsHaveShifted() throws IOException {
    List<Loan> before = loans("before");
    JsonNode judged = predictAll(before);
    List<String> items = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      items.add(item(judged, i, before.get(i).outcome()));
    }
    giveAll(items);
    List<Loan> after = loans("after");
    int seen = seenRows();
    JsonNode hidden = predictAll(after);
    // Predictions are kept after they were answered.
    Await.until(() -> seenRows() == seen + after.size());

    JsonNode report = quality();
    double known = accuracy(judged, before);
    double truth = accuracy(hidden, after);
    assertThat(known - truth).as("what the drift costs").isGreaterThan(0.03);
    assertThat(report.at("/figures/accuracy/value").doubleValue()).isCloseTo(known, within(1e-12));
    assertThat(report.at("/figures/accuracy/n").intValue()).isEqualTo(2000);
    assertThat(report.at("/figures/auc/value").doubleValue()).isBetween(0.7, 0.85);
    assertThat(report.at("/expectedAccuracy/n").intValue()).isEqualTo(2000);
    assertThat(report.at("/expectedAccuracy/calibratedOn").intValue()).isEqualTo(2000);
    assertThat(report.at("/expectedAccuracy/note").stringValue()).contains("an estimate");
    assertThat(report.at("/expectedAccuracy/estimate").doubleValue())
        .as("within three points of the true accuracy")
        .isCloseTo(truth, within(0.03));
    assertThat(report.at("/calibration/curve")).isNotEmpty();
  }
}
