package io.evenkeel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The process is killed while a rollout goes on and operators change routes: once, or as often as
 * {@code -Devenkeel.rollout.rounds} says.
 */
class KilledRolloutIT {
  private static final int ROUNDS = Integer.getInteger("evenkeel.rollout.rounds", 1);
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final String START =
      """
      {
        "why": "try it",
        "version": "2",
        "plan": {
          "steps": ["20%", "50%", "100%"],
          "stepTime": "1h",
          "stepRequests": 100000,
          "maxStepTime": "24h",
          "limits": {"failures": {}}
        }
      }
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Random random = new Random(5);

  @Test
  void goesOnByTheLastJournaledRevisionAfterEachKill(@TempDir Path folder) throws Exception {
    long revision = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      ServerProcess server = ServerProcess.start(folder);
      try {
        if (round == 1) {
          JsonNode begun = send(server, "POST", "/v1/admin/models/breast-cancer/rollouts", START);
          assertThat(begun.path("state").asString("")).as("%s", begun).isEqualTo("RUNNING");
        } else {
          assertGoesOn(server, revision);
        }
        revision = changeUntilKilled(server);
      } finally {
        server.signal("KILL");
        server.awaitExit(LONGEST);
      }
    }
    ServerProcess last = ServerProcess.start(folder);
    try {
      assertGoesOn(last, revision);
    } finally {
      last.signal("KILL");
      last.awaitExit(LONGEST);
    }
  }

  /** Changes another model's route again and again. Returns the last revision that was answered. */
  private long changeUntilKilled(ServerProcess server) throws Exception {
    AtomicLong answered = new AtomicLong();
    CompletableFuture<Void> kill =
        CompletableFuture.runAsync(
            () -> kill(server),
            CompletableFuture.delayedExecutor(300 + random.nextInt(700), TimeUnit.MILLISECONDS));
    for (int i = 0; !kill.isDone(); i++) {
      String fallback = i % 2 == 0 ? "" : ", \"acceptBreaking\": true";
      try {
        JsonNode changed =
            send(
                server,
                "PUT",
                "/v1/admin/models/diabetes/route",
                "{\"why\": \"change " + i + "\", \"route\": {\"stable\": \"1\"" + fallback + "}}");
        answered.set(changed.get("revision").longValue());
      } catch (IOException e) {
        break;
      }
    }
    kill.join();
    assertThat(answered).as("some changes came through").hasPositiveValue();
    return answered.get();
  }

  private static void kill(ServerProcess server) {
    try {
      server.signal("KILL");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertGoesOn(ServerProcess server, long answered) throws Exception {
    JsonNode routes = send(server, "GET", "/v1/admin/routes", null);
    long revision = routes.get("revision").longValue();
    assertThat(revision).as("nothing that was answered is lost").isGreaterThanOrEqualTo(answered);
    assertThat(routes.at("/routes/models/breast-cancer/canary/version").asString()).isEqualTo("2");
    assertThat(routes.at("/routes/models/breast-cancer/canary/share").asString()).isEqualTo("20%");
    JsonNode last = lastChange(server);
    assertThat(last.get("revision").longValue()).isEqualTo(revision);
    JsonNode rollout =
        send(server, "GET", "/v1/admin/models/breast-cancer/rollouts", null).at("/rollouts/0");
    assertThat(rollout.get("state").asString()).as("%s", rollout).isEqualTo("RUNNING");
  }

  /** The journal's last entry. */
  private JsonNode lastChange(ServerProcess server) throws Exception {
    @Nullable JsonNode last = null;
    long after = 0;
    while (true) {
      JsonNode page = send(server, "GET", "/v1/admin/journal?limit=1000&after=" + after, null);
      JsonNode entries = page.get("entries");
      if (!entries.isEmpty()) {
        last = entries.get(entries.size() - 1);
        after = last.get("id").longValue();
      }
      if (!page.has("next")) {
        assertThat(last).isNotNull();
        return requireNonNull(last);
      }
    }
  }

  private JsonNode send(ServerProcess server, String method, String path, @Nullable String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(LONGEST)
            .header("Content-Type", "application/json")
            .header("If-Match", "*")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }
}
