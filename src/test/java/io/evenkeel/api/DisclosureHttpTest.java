package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.Await;
import io.evenkeel.control.RouteControl;
import io.evenkeel.monitoring.statistics.StatisticsOutcome;
import io.evenkeel.monitoring.statistics.StatisticsWatch;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What answers and reports give away where the contract holds something back. */
@ServingTest
@ContextConfiguration(initializers = DisclosingModels.class)
class DisclosureHttpTest {
  private static final String LABEL = "/v1/models/label/versions/";

  private final Caller caller;
  private final ModelRegistry registry;
  private final RouteControl control;

  DisclosureHttpTest(Caller caller, ModelRegistry registry, RouteControl control) {
    this.caller = caller;
    this.registry = registry;
    this.control = control;
  }

  private JsonNode answer(String path, JsonNode row) {
    Answer answer = caller.post(path, Bodies.single(row));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void answersWithTheLabelAlone() {
    JsonNode row = Bodies.row("breast-cancer");
    JsonNode prediction = answer(LABEL + "1/predict", row).get("prediction");
    assertThat(prediction.propertyNames()).containsExactly("label");
    assertThat(prediction.get("label").asString()).isIn("malignant", "benign");
    JsonNode batch = caller.post(LABEL + "1/predict/batch", Bodies.batch(List.of(row, row))).json();
    assertThat(batch.get("results")).hasSize(2);
    batch
        .get("results")
        .forEach(
            item -> assertThat(item.get("prediction").propertyNames()).containsExactly("label"));
  }

  /** What is kept is kept in full; what is answered from it isn't. */
  @Test
  void holdsBackInAnEarlierAnswerWhatItHeldBackInTheFirst() {
    JsonNode row = Bodies.row("breast-cancer");
    JsonNode first = answer(LABEL + "2/predict", row);
    assertThat(first.at("/prediction/confidence").toString()).matches("0\\.[5-9]|1\\.0");
    Answer again =
        caller.post(
            LABEL + "2/predict",
            Bodies.single(row).getBytes(StandardCharsets.UTF_8),
            "Content-Type",
            "application/json",
            "X-Deadline-Ms",
            "20");
    assertThat(again.status()).as(again.body()).isEqualTo(200);
    assertThat(again.json().at("/degradation/mode").asString()).isEqualTo("cache");
    assertThat(again.json().get("prediction")).isEqualTo(first.get("prediction"));
  }

  @Test
  void roundsAndShowsTheMostProbableOnly() {
    for (JsonNode row : Golden.of("digits", "1").instances()) {
      JsonNode prediction = answer("/v1/models/top/predict", row).get("prediction");
      JsonNode probabilities = prediction.get("probabilities");
      assertThat(probabilities).hasSize(3);
      String label = prediction.get("label").asString();
      assertThat(probabilities.get(label)).isEqualTo(prediction.get("confidence"));
      double sum = 0;
      for (JsonNode each : probabilities) {
        assertThat(each.toString()).matches("[01]\\.[0-9]{1,2}");
        assertThat(each.doubleValue()).isLessThanOrEqualTo(probabilities.get(label).doubleValue());
        sum += each.doubleValue();
      }
      assertThat(sum).isLessThanOrEqualTo(1 + 1e-9);
    }
  }

  @Test
  void describesAnswersAsTheyAre() {
    JsonNode schemas = caller.get("/v3/api-docs").json().at("/components/schemas");
    assertThat(schemas.at("/LabelV1Prediction/properties").propertyNames())
        .containsExactly("label");
    JsonNode top = schemas.at("/TopV1Prediction/properties/probabilities");
    assertThat(top.has("required")).isFalse();
    assertThat(top.get("minProperties").intValue()).isEqualTo(3);
    assertThat(top.get("properties")).hasSize(10);
    assertThat(top.get("description").asString()).isEqualTo("Rounded to 2 decimal places");
    // Version 2 rounds; what stands in for it shows the label alone.
    assertThat(schemas.at("/LabelV2Prediction/anyOf")).hasSize(2);
  }

  @Test
  void saysInTheMetadataWhatIsHeldBack() {
    assertThat(caller.get("/v1/models/top/versions/1").json().at("/contract/disclosure").toString())
        .isEqualTo(
            "{\"probabilities\":{\"top\":3,\"digits\":2},\"explain\":false,\"minimumGroup\":10}");
    JsonNode loan = caller.get("/v1/models/loan/versions/1").json().get("contract");
    assertThat(loan.get("fairness").toString())
        .isEqualTo("{\"attribute\":\"housing\",\"favourable\":\"repaid\"}");
    assertThat(loan.at("/disclosure/statistics").toString())
        .isEqualTo("{\"epsilon\":1,\"budget\":2,\"per\":\"30d\",\"every\":\"1d\"}");
    assertThat(caller.get("/v1/models/label/versions/1/card", "Accept", "text/html").body())
        .contains("One of 2 classes: malignant, benign.");
  }

  @Test
  void explainsNothingThatIsHeldBack() {
    for (String path : List.of(LABEL + "1", LABEL + "2", "/v1/models/top")) {
      Answer answer = caller.post(path + "/explain", Bodies.single(Bodies.row("breast-cancer")));
      Problems.require(answer, 403, "explanation-withheld");
      assertThat(answer.body()).contains("explain: true").doesNotContain("attributions");
    }
    assertThat(
            caller
                .post("/v1/models/loan/explain", Bodies.single(Bodies.row("loan-default")))
                .status())
        .isEqualTo(200);
  }

  @Test
  void reportsNothingOfSmallGroups() {
    String path = "/v1/models/top/validation-report?version=1";
    String broken = Bodies.single(JsonMapper.shared().readTree("{\"picture\": 7}"));
    for (int i = 0; i < 9; i++) {
      assertThat(caller.post("/v1/models/top/predict", broken).status()).isEqualTo(422);
    }
    Await.until(() -> caller.get(path).json().at("/versions/0/withheld").intValue() > 0);
    assertThat(caller.get(path).json().at("/versions/0/findings")).isEmpty();
    assertThat(caller.get(path).json().at("/versions/0/minimumGroup").intValue()).isEqualTo(10);

    assertThat(caller.post("/v1/models/top/predict", broken).status()).isEqualTo(422);
    Await.until(() -> !caller.get(path).json().at("/versions/0/findings").isEmpty());
    JsonNode finding = caller.get(path).json().at("/versions/0/findings/0");
    assertThat(finding.at("/rows/lastDay").intValue()).isEqualTo(10);
    assertThat(finding.get("examples")).isEmpty();
  }

  /** What became of applications, held against sums made here. */
  @Test
  void comparesGroupsByWhatBecameOfThem() throws IOException {
    List<JsonNode> loans = loans(1000);
    JsonNode answer =
        caller
            .post(
                "/v1/models/loan/predict/batch",
                Bodies.batch(loans.stream().map(loan -> loan.get("instance")).toList()))
            .json();
    List<String> items = new ArrayList<>();
    Map<String, int[]> counts = new TreeMap<>();
    for (int i = 0; i < loans.size(); i++) {
      items.add(
          "{\"id\": %s, \"index\": %d, \"outcome\": %s}"
              .formatted(answer.get("id"), i, loans.get(i).get("outcome")));
      String label = answer.at("/results/" + i + "/prediction/label").asString();
      String outcome = loans.get(i).get("outcome").asString();
      JsonNode housing = loans.get(i).at("/instance/housing");
      int[] count =
          counts.computeIfAbsent(
              housing.isString() ? housing.stringValue() : "missing", group -> new int[4]);
      count[0]++;
      count[1] += label.equals("repaid") ? 1 : 0;
      count[2] += outcome.equals("repaid") ? 1 : 0;
      count[3] += outcome.equals("repaid") && label.equals("repaid") ? 1 : 0;
    }
    Answer given = caller.post("/v1/feedback/batch", "{\"items\": " + items + "}");
    assertThat(given.json().at("/summary/joined").intValue()).isEqualTo(loans.size());

    JsonNode fairness =
        caller.get("/v1/models/loan/quality?version=1").json().at("/versions/0/fairness");
    assertThat(fairness.get("attribute").asString()).isEqualTo("housing");
    assertThat(fairness.get("minimumGroup").intValue()).isEqualTo(DisclosingModels.MINIMUM_GROUP);
    assertThat(fairness.get("groups")).hasSizeGreaterThanOrEqualTo(3);
    assertThat(counts.get("missing")).isNotNull();
    for (JsonNode group : fairness.get("groups")) {
      int[] count = Objects.requireNonNull(counts.get(group.get("group").asString()));
      assertThat(group.get("rows").intValue()).isEqualTo(count[0]);
      assertThat(group.at("/figures/selectionRate/value").doubleValue())
          .isCloseTo((double) count[1] / count[0], within(1e-12));
      if (count[2] < DisclosingModels.MINIMUM_GROUP) {
        assertThat(group.at("/figures/truePositiveRate").isMissingNode()).isTrue();
        continue;
      }
      assertThat(group.at("/figures/truePositiveRate/value").doubleValue())
          .isCloseTo((double) count[3] / count[2], within(1e-12));
      assertThat(group.at("/figures/truePositiveRate/n").intValue()).isEqualTo(count[2]);
    }
    assertThat(fairness.at("/differences/demographicParity/value").doubleValue()).isPositive();
    assertThat(fairness.at("/differences").propertyNames()).contains("equalOpportunity");

    JsonNode card = caller.get("/v1/models/loan/card").json();
    assertThat(card.at("/live/fairness")).isEqualTo(fairness);
    assertThat(card.at("/live/figures/accuracy/n").intValue()).isEqualTo(loans.size());
    assertThat(caller.get("/v1/models/loan/card", "Accept", "text/html").body())
        .contains("<h2>Live</h2>", "<h3>By housing</h3>", "demographic parity");
  }

  @Test
  void releasesStatisticsOnceForAllWhoAsk() {
    Answer first = caller.get("/v1/models/loan/statistics");
    assertThat(first.status()).as(first.body()).isEqualTo(200);
    JsonNode release = first.json();
    // 22 features of which one is sensitive, and the label.
    assertThat(release.at("/noise/sensitivity").intValue()).isEqualTo(22);
    assertThat(release.at("/noise/scale").doubleValue()).isEqualTo(22);
    assertThat(release.get("counts").propertyNames())
        .contains("housing", "label")
        .doesNotContain("date_of_birth", "confidence");
    assertThat(release.at("/budget/spent").doubleValue()).isEqualTo(1);
    assertThat(caller.get("/v1/models/loan/statistics?version=1").json()).isEqualTo(release);
    Problems.require(caller.get("/v1/models/top/statistics"), 404, "no-such-resource");
    Problems.require(caller.get("/v1/models/none/statistics"), 404, "no-such-model");
  }

  /** By the calendar: releases, what they spend, and a restart. */
  @Test
  void runsOutOfBudgetAndStaysSo() {
    ModelVersion version = Objects.requireNonNull(registry.find("loan", "1"));
    Instant begun = Instant.parse("2026-01-01T00:00:00Z");
    AtomicReference<Instant> now = new AtomicReference<>(begun);
    StatisticsWatch watch = new StatisticsWatch(control, "calendar", now::get);
    StatisticsOutcome first = watch.release(version);
    assertThat(first).isInstanceOf(StatisticsOutcome.Released.class);
    now.set(begun.plus(Duration.ofHours(23)));
    assertThat(watch.release(version)).isEqualTo(first);
    StatisticsWatch restarted = new StatisticsWatch(control, "calendar", now::get);
    assertThat(restarted.release(version)).isEqualTo(first);
    now.set(begun.plus(Duration.ofHours(25)));
    StatisticsOutcome second = watch.release(version);
    assertThat(second).isInstanceOf(StatisticsOutcome.Released.class).isNotEqualTo(first);
    now.set(begun.plus(Duration.ofDays(20)));
    StatisticsOutcome spent = new StatisticsOutcome.Spent(begun.plus(Duration.ofDays(30)));
    assertThat(watch.release(version)).isEqualTo(spent);
    assertThat(restarted.release(version)).isEqualTo(spent);
    now.set(begun.plus(Duration.ofDays(30)));
    assertThat(restarted.release(version)).isInstanceOf(StatisticsOutcome.Released.class);
  }

  private static List<JsonNode> loans(int limit) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Files.newInputStream(Path.of("src/test/resources/quality/loans.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      return lines.lines().limit(limit).map(line -> JsonMapper.shared().readTree(line)).toList();
    }
  }
}
