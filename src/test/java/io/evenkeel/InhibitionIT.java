package io.evenkeel;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The shipped configuration in a real Alertmanager: which alerts keep which others quiet. It has no
 * receiver that could be reached, and is over before it would tell one.
 */
@Tag("prometheus")
@Timeout(120)
class InhibitionIT {
  private static final String ALERTS =
      """
      [
        {"labels": {"alertname": "EvenkeelShedding", "category": "saturation", "model": "busy",
          "severity": "page", "owner": "operations"}},
        {"labels": {"alertname": "EvenkeelDriftLarge", "category": "drift", "model": "busy",
          "version": "1", "severity": "page", "owner": "modelling"}},
        {"labels": {"alertname": "EvenkeelDriftLarge", "category": "drift", "model": "calm",
          "version": "1", "severity": "page", "owner": "modelling"}},
        {"labels": {"alertname": "EvenkeelDrift", "category": "drift", "model": "calm",
          "version": "1", "severity": "ticket", "owner": "modelling"}},
        {"labels": {"alertname": "EvenkeelDrift", "category": "drift", "model": "calm",
          "version": "2", "severity": "ticket", "owner": "modelling"}},
        {"labels": {"alertname": "EvenkeelBudgetBurnsFast", "category": "slo", "model": "busy",
          "slo": "single", "sli": "latency", "endpoint": "single", "severity": "page",
          "owner": "operations"}},
        {"labels": {"alertname": "EvenkeelBudgetBurnsSlowly", "category": "slo", "model": "busy",
          "slo": "single", "sli": "latency", "endpoint": "single", "severity": "ticket",
          "owner": "operations"}},
        {"labels": {"alertname": "EvenkeelModelNotReady", "category": "down", "model": "gone",
          "severity": "page", "owner": "operations"}},
        {"labels": {"alertname": "EvenkeelVersionFailed", "category": "failure", "model": "gone",
          "version": "1", "severity": "ticket", "owner": "modelling"}},
        {"labels": {"alertname": "EvenkeelAuditFailing", "category": "audit", "instance": "full",
          "severity": "page", "owner": "operations"}},
        {"labels": {"alertname": "EvenkeelAuditLoses", "category": "audit", "instance": "full",
          "severity": "ticket", "owner": "operations"}},
        {"labels": {"alertname": "EvenkeelAuditLoses", "category": "audit", "instance": "slow",
          "severity": "ticket", "owner": "operations"}}
      ]
      """;

  @TempDir private Path folder;

  @Test
  void whatFollowsFromSomethingElseIsKeptQuiet() throws Exception {
    int port = PrometheusProcess.freePort();
    Process process =
        new ProcessBuilder(
                "prometheus-alertmanager",
                "--config.file=config/alertmanager/alertmanager.yaml",
                "--storage.path=" + folder.resolve("data"),
                "--cluster.listen-address=",
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI alerts = URI.create("http://127.0.0.1:" + port + "/api/v2/alerts");
      send(
          client,
          HttpRequest.newBuilder(alerts)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(ALERTS))
              .build());
      assertThat(states(client, alerts))
          .containsExactlyInAnyOrderEntriesOf(
              Map.ofEntries(
                  entry("EvenkeelShedding busy", "active"),
                  entry("EvenkeelDriftLarge busy 1", "suppressed"),
                  entry("EvenkeelDriftLarge calm 1", "active"),
                  entry("EvenkeelDrift calm 1", "suppressed"),
                  entry("EvenkeelDrift calm 2", "active"),
                  entry("EvenkeelBudgetBurnsFast busy", "active"),
                  entry("EvenkeelBudgetBurnsSlowly busy", "suppressed"),
                  entry("EvenkeelModelNotReady gone", "active"),
                  entry("EvenkeelVersionFailed gone 1", "suppressed"),
                  entry("EvenkeelAuditFailing full", "active"),
                  entry("EvenkeelAuditLoses full", "suppressed"),
                  entry("EvenkeelAuditLoses slow", "active")));
    } finally {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  /**
   * The state of each alert, by its name, model (or instance) and version, once all are decided.
   */
  private static Map<String, String> states(HttpClient client, URI alerts) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      Map<String, String> states = new TreeMap<>();
      String body = send(client, HttpRequest.newBuilder(alerts).build());
      for (JsonNode alert : JsonMapper.shared().readTree(body)) {
        JsonNode labels = alert.get("labels");
        String name =
            labels.get("alertname").asString()
                + " "
                + labels.path("model").asString(labels.path("instance").asString(""))
                + (labels.has("version") ? " " + labels.get("version").asString() : "");
        states.put(name, alert.at("/status/state").asString());
      }
      boolean areDecided = !states.isEmpty() && !states.containsValue("unprocessed");
      if (areDecided || System.nanoTime() > end) {
        return states;
      }
      LockSupport.parkNanos(250_000_000);
    }
  }

  /** Again and again while it is still starting. */
  private static String send(HttpClient client, HttpRequest request) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          return answer.body();
        }
        throw new IOException(answer.statusCode() + " " + answer.body());
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        LockSupport.parkNanos(250_000_000);
      }
    }
  }
}
