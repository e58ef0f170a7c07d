package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** Rules are switched while requests are served. */
@ServingTest
@ContextConfiguration(initializers = SwitchedModels.class)
class RuleFlagsHttpTest {
  private static final String PREDICT = "/v1/models/loan-default/predict";
  private static final String VERSION = "/v1/models/loan-default/versions/1";
  private static final String REPORT = "/v1/models/loan-default/validation-report";
  private static final String TOO_MUCH =
      Bodies.instance(Bodies.rowWith("loan-default", "amount", "75001"));

  private final Caller caller;
  private final MeterRegistry meters;
  private final Environment environment;

  RuleFlagsHttpTest(Caller caller, MeterRegistry meters, Environment environment) {
    this.caller = caller;
    this.meters = meters;
    this.environment = environment;
  }

  @AfterEach
  void enforceAll() throws IOException {
    Files.deleteIfExists(file());
    Await.until(() -> flags().isEmpty());
  }

  private Path file() {
    return Path.of(environment.getRequiredProperty("evenkeel.models.path"), "rules.yaml");
  }

  /** In one step, so that the server never sees half of it. */
  private void write(String text) {
    try {
      Path whole = Files.writeString(file().resolveSibling("rules.new"), text);
      Files.move(whole, file(), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode flags() {
    return caller.get(VERSION).json().get("ruleFlags");
  }

  private void switchTo(String mode) {
    write(
        """
        rules:
          - {model: loan-default, version: "1", feature: amount, rule: maximum, mode: %s}
        """
            .formatted(mode));
    Await.until(() -> flags().path(0).path("mode").asString("").equals(mode));
  }

  private double count(String name, String... tags) {
    Counter found =
        meters.find(name).tags("model", "loan-default", "version", "1").tags(tags).counter();
    return found == null ? 0 : found.count();
  }

  private double monitored() {
    return count("evenkeel.monitored.violations", "feature", "amount", "rule", "maximum");
  }

  private double violations() {
    return count("evenkeel.violations", "feature", "amount", "rule", "maximum");
  }

  @Test
  void aRuleIsTriedOnLiveTrafficAndEnforcedAgain() throws Exception {
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    AtomicBoolean over = new AtomicBoolean();
    caller.port();
    String good = Bodies.single(Bodies.row("loan-default"));
    Thread traffic =
        Thread.ofVirtual()
            .start(() -> {
              while (!over.get()) {
                Answer answer = caller.post(PREDICT, good);
                if (answer.status() != 200) {
                  failures.add(answer.status() + " " + answer.body());
                }
              }
            });
    try {
      double refusedBefore = violations();
      Problems.require(caller.post(PREDICT, TOO_MUCH), 422, "contract-violation");
      // What is counted is counted after the answer.
      Await.until(() -> violations() == refusedBefore + 1);

      double countedBefore = monitored();
      switchTo("monitored");
      Answer served = caller.post(PREDICT, TOO_MUCH);
      assertThat(served.status()).as(served.body()).isEqualTo(200);
      assertThat(served.json().get("warnings").toString()).doesNotContain("amount");
      Await.until(() -> monitored() == countedBefore + 1);

      JsonNode schema = caller.get("/v1/models/loan-default/schema").json();
      assertThat(schema.at("/properties/amount/maximum").asDouble()).isEqualTo(3.4028235e38);

      switchTo("warned");
      Answer warned = caller.post(PREDICT, TOO_MUCH);
      assertThat(warned.json().get("warnings").valueStream().map(Answer::brokenRule))
          .contains("/instance/amount maximum");
      Await.until(() -> monitored() == countedBefore + 2);

      switchTo("off");
      assertThat(caller.post(PREDICT, TOO_MUCH).status()).isEqualTo(200);
      assertThat(monitored()).isEqualTo(countedBefore + 2);

      write("rules: []\n");
      Await.until(() -> flags().isEmpty());
      Problems.require(caller.post(PREDICT, TOO_MUCH), 422, "contract-violation");
      Await.until(() -> violations() == refusedBefore + 2);
    } finally {
      over.set(true);
      traffic.join();
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void otherVersionsKeepTheirRules() {
    switchTo("monitored");
    assertThat(caller.post(VERSION + "/predict", TOO_MUCH).status()).isEqualTo(200);
    assertThat(caller.post("/v1/models/loan-default/versions/2/predict", TOO_MUCH).status())
        .isEqualTo(422);
  }

  @Test
  void aBatchIsReadByTheSameRules() {
    switchTo("monitored");
    String row = Bodies.rowWith("loan-default", "amount", "75001");
    JsonNode answer = caller.post(PREDICT + "/batch", "{\"instances\": [" + row + "]}").json();
    assertThat(answer.get("summary").get("served").asInt()).isEqualTo(1);
  }

  @Test
  void aVerdictTellsWhatIsMonitored() {
    switchTo("monitored");
    JsonNode verdict = caller.post("/v1/validate", TOO_MUCH).json();
    assertThat(verdict.get("valid").asBoolean()).isTrue();
    assertThat(verdict.get("monitored").valueStream().map(Answer::brokenRule))
        .containsExactly("/instance/amount maximum");
    assertThat(verdict.get("monitored").get(0).get("received").asString()).isEqualTo("75001");
    assertThat(verdict.get("tensors").get(0).get("columns")).isNotEmpty();
  }

  @Test
  void theContractIsShownAsItsFileHasIt() {
    JsonNode before = caller.get(VERSION).json().get("contract");
    switchTo("off");
    assertThat(caller.get(VERSION).json().get("contract")).isEqualTo(before);
    assertThat(flags().toString())
        .isEqualTo("[{\"feature\":\"amount\",\"rule\":\"maximum\",\"mode\":\"off\"}]");
  }

  @Test
  void aWrongFileChangesNothingAndIsShown() throws Exception {
    switchTo("monitored");
    double refusedBefore = meters.counter("evenkeel.rules.reloads", "outcome", "refused").count();
    write("rules:\n  - {model: loan-default, feature: amonut, rule: maximum, mode: off}\n");
    // Counted last, once all the rest has been done.
    Await.until(() ->
        meters.counter("evenkeel.rules.reloads", "outcome", "refused").count()
            == refusedBefore + 1);
    assertThat(meters.get("evenkeel.rules.refused").gauge().value()).isEqualTo(1);
    assertThat(caller.post(PREDICT, TOO_MUCH).status()).isEqualTo(200);
    int port = environment.getRequiredProperty("local.management.port", Integer.class);
    URI health = URI.create("http://localhost:" + port + "/actuator/health");
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer = client.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("rules.yaml:2", "did you mean `amount`?");
    }
    switchTo("off");
    Await.until(() -> meters.get("evenkeel.rules.refused").gauge().value() == 0);
  }

  @Test
  void countsTheRulesThatAreSwitched() {
    switchTo("monitored");
    assertThat(
            meters
                .get("evenkeel.rules.switched")
                .tags("model", "loan-default", "version", "1")
                .gauge()
                .value())
        .isEqualTo(1);
  }

  @Test
  void aNumberThatIsNotFiniteIsNull() {
    JsonNode verdict =
        caller.post("/v1/models/nan-imputed/validate", "{\"instance\": {\"x\": null}}").json();
    JsonNode column = verdict.get("tensors").get(0).get("columns").get(0);
    assertThat(column.toString()).isEqualTo("{\"name\":\"x\",\"feature\":\"x\",\"value\":null}");
  }

  @Test
  void theReportShowsWhatWasFound() {
    caller.post("/v1/models/loan-default/versions/2/predict", TOO_MUCH);
    JsonNode report = caller.get(REPORT + "?version=2").json();
    assertThat(report.get("versions")).hasSize(1);
    JsonNode version = report.get("versions").get(0);
    assertThat(version.get("rows").get("lastHour").asLong()).isPositive();
    JsonNode finding = version.get("findings").get(0);
    assertThat(finding.get("feature").asString()).isEqualTo("amount");
    assertThat(finding.get("rule").asString()).isEqualTo("maximum");
    assertThat(finding.get("kind").asString()).isEqualTo("violation");
    assertThat(finding.get("jumped").asBoolean()).isFalse();
    assertThat(finding.get("rates").get("lastHour").asDouble()).isPositive();
    assertThat(finding.get("rates").get("dayBefore").isNull()).isTrue();
    JsonNode example = finding.get("examples").get(0);
    assertThat(example.get("pointer").asString()).isEqualTo("/instance/amount");
    assertThat(example.get("expected").asString()).isEqualTo("at most 75000 (EUR)");
    assertThat(example.get("received").asString()).isEqualTo("75001");
  }

  @Test
  void theReportHasAllVersionsAndNothingOfTheWarmUp() {
    JsonNode versions =
        caller.get("/v1/models/nan-imputed/validation-report").json().get("versions");
    assertThat(versions).hasSize(1);
    assertThat(versions.get(0).get("rows").get("lastDay").asLong()).isZero();
    assertThat(caller.get(REPORT).json().get("versions")).hasSize(2);
  }

  @Test
  void theReportIsStrictAboutWhatItIsAsked() {
    Problems.require(caller.get("/v1/models/none/validation-report"), 404, "no-such-model");
    Problems.require(caller.get(REPORT + "?version=9"), 404, "no-such-version");
    Problems.require(caller.get(REPORT + "?versions=1"), 400, "unknown-option");
    Problems.require(caller.get(REPORT + "?version=1&more=2"), 400, "unknown-option");
    Problems.require(caller.post(REPORT, "{}"), 405, "method-not-allowed");
  }
}
