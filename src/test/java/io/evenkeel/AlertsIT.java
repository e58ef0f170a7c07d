package io.evenkeel;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.registry.ScratchModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The shipped rules in a real Prometheus that scrapes the packaged server. So that a test can wait
 * for them, all durations of the rules are divided by sixty in a copy: an hour is a minute. Needs
 * {@code prometheus} on the path; the profile of the same name lets it run.
 */
@Tag("prometheus")
@Timeout(300)
class AlertsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CROWD = 48;

  /** The graph fails on it. */
  private static final String POISON = "{\"instance\": {\"x\": 666}}";

  /** It has a reference; whoever asks the same again and again isn't like it. */
  private static final String DRIFTING = "loan-default";

  private static final String FINE = "{\"instance\": {\"x\": 4}}";

  @TempDir private Path folder;

  @Test
  void fastBurnDriftAndSaturationFireTheRightAlert() throws Exception {
    Path models = Files.createDirectories(folder.resolve("models"));
    ScratchModels scratch = new ScratchModels(models);
    scratch.makeDoubling("m/1");
    scratch.copy(DRIFTING + "/1", DRIFTING + "/1");
    scratch.writeRoutes("default: m\n");
    try (ServerProcess server =
            ServerProcess.start(
                folder,
                "--evenkeel.models.path=" + models,
                // One at a time, so that a crowd is too many even for this small model.
                "--evenkeel.admission.max-singles=1",
                "--evenkeel.admission.single-budget=5s");
        PrometheusProcess prometheus =
            PrometheusProcess.start(
                Files.createDirectories(folder.resolve("prometheus")), server.operationsPort())) {
      staysQuietWhileAllIsWell(server, prometheus);
      understandsEachQueryOfTheDashboards(prometheus);
      oneInTwentyFails(server, prometheus);
      whatIsAskedChanges(server, prometheus);
      moreComeThanThereIsRoomFor(server, prometheus);
    }
  }

  private static void staysQuietWhileAllIsWell(ServerProcess server, PrometheusProcess prometheus)
      throws Exception {
    try (Load load = Load.start(server.port(), 1, number -> FINE)) {
      prometheus.awaitValue(
          "evenkeel:slo_burn:rate5m{slo=\"single\",sli=\"availability\",model=\"m\"} == 0",
          PATIENCE);
      assertThat(load.sent()).isPositive();
    }
    assertThat(alertsOf(prometheus))
        .doesNotContain("EvenkeelShedding", "EvenkeelDown", "EvenkeelModelNotReady");
  }

  private static void understandsEachQueryOfTheDashboards(PrometheusProcess prometheus)
      throws Exception {
    try (Stream<Path> dashboards = Files.list(Path.of("config/grafana"))) {
      for (Path dashboard : dashboards.toList()) {
        JsonNode json = JsonMapper.shared().readTree(Files.readString(dashboard));
        for (JsonNode query : json.findValues("expr")) {
          String filledIn =
              query
                  .asString()
                  .replace("$__rate_interval", "10s")
                  .replace("$model", ".*")
                  .replace("$version", ".*");
          assertThat(prometheus.query(filledIn).at("/status").asString())
              .as("%s: %s", dashboard, filledIn)
              .isEqualTo("success");
        }
      }
    }
  }

  private static void oneInTwentyFails(ServerProcess server, PrometheusProcess prometheus)
      throws Exception {
    try (Load load = Load.start(server.port(), 1, n -> n % 20 == 0 ? POISON : FINE)) {
      Map<String, String> burn =
          prometheus.awaitFiring(
              Map.of("alertname", "EvenkeelBudgetBurnsFast", "sli", "availability", "model", "m"),
              PATIENCE);
      assertThat(burn)
          .containsEntry("slo", "single")
          .containsEntry("endpoint", "single")
          .containsEntry("owner", "operations")
          .containsEntry("severity", "page")
          .containsEntry("category", "slo");
      assertThat(alertsOf(prometheus)).doesNotContain("EvenkeelShedding", "EvenkeelCircuitOpen");
      assertThat(load.sent()).as("so that one in twenty is some").isGreaterThan(100);
    }
  }

  private static void whatIsAskedChanges(ServerProcess server, PrometheusProcess prometheus)
      throws Exception {
    String row = GoldenRows.of(DRIFTING, "1").single(0);
    String path = "/v1/models/" + DRIFTING + "/predict";
    // A counter that begins with an alarm has no increase: it has to be seen without one before.
    try (Load few = Load.start(server.port(), path, 1, n -> n == 1 ? row : "{}")) {
      prometheus.awaitValue(
          "sum(evenkeel_drift_alarms_total{model=\"" + DRIFTING + "\"}) == 0", PATIENCE);
      assertThat(few.sent()).isPositive();
    }
    assertThat(alertsOf(prometheus)).doesNotContain("EvenkeelDrift");
    try (Load load = Load.start(server.port(), path, 1, n -> row)) {
      Map<String, String> drift =
          prometheus.awaitFiring(
              Map.of("alertname", "EvenkeelDrift", "model", DRIFTING, "version", "1"), PATIENCE);
      assertThat(drift)
          .containsEntry("severity", "ticket")
          .containsEntry("owner", "modelling")
          .containsEntry("category", "drift")
          .containsKey("detector");
      assertThat(alertsOf(prometheus)).doesNotContain("EvenkeelShedding", "EvenkeelDown");
      assertThat(load.sent()).isPositive();
    }
  }

  private static void moreComeThanThereIsRoomFor(ServerProcess server, PrometheusProcess prometheus)
      throws Exception {
    try (Load load = Load.start(server.port(), CROWD, number -> FINE)) {
      Map<String, String> shedding =
          prometheus.awaitFiring(Map.of("alertname", "EvenkeelShedding", "model", "m"), PATIENCE);
      assertThat(shedding)
          .containsEntry("severity", "page")
          .containsEntry("owner", "operations")
          .containsEntry("category", "saturation");
      assertThat(alertsOf(prometheus)).doesNotContain("EvenkeelCircuitOpen", "EvenkeelDown");
      assertThat(load.sent()).isGreaterThan(CROWD);
    }
  }

  private static List<String> alertsOf(PrometheusProcess prometheus) throws Exception {
    return prometheus.firing().stream()
        .map(labels -> labels.getOrDefault("alertname", ""))
        .toList();
  }
}
