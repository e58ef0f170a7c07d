package io.evenkeel;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.audit.log.Finding;
import io.evenkeel.audit.log.LogReader;
import io.evenkeel.audit.log.LogVerifier;
import io.evenkeel.audit.log.Verdict;
import io.evenkeel.keyring.KeyFile;
import io.evenkeel.registry.artifact.SigningKey;
import io.evenkeel.registry.artifact.TrustedKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed under load while it records durably: whatever was answered is in the log.
 * {@code scripts/audit-soak} runs the same with many more rounds.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS)
class KilledAuditIT {
  private static final int ROUNDS = Integer.getInteger("evenkeel.audit.rounds", 1);
  private static final int CALLERS = 16;
  private static final int ENOUGH_ANSWERS = 300;
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Pattern ID = Pattern.compile("\"(?:id|requestId)\":\"([0-9a-f-]{36})\"");

  private final Random random = new Random(7);

  @TempDir Path folder;

  @Test
  void whateverWasAnsweredIsInTheLog() throws Exception {
    Files.move(
        SigningKey.make(folder.resolve("audit.pem")),
        Files.createDirectory(folder.resolve("trusted")).resolve("audit.pub.pem"));
    new KeyFile(folder.resolve("audit.keys")).add("k1");
    Set<String> answered = ConcurrentHashMap.newKeySet();
    long torn = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      int before = answered.size();
      killUnderLoad(answered);
      assertThat(answered.size()).as("round %d has answers", round).isGreaterThan(before);
      torn += assertHolds(answered, "round " + round);
    }
    // The last start cuts off what the last kill has left.
    try (ServerProcess last = start()) {
      last.signal("TERM");
      last.awaitExit(LONGEST);
    }
    assertThat(verify().findings()).isEmpty();
    assertThat(recorded()).containsAll(answered);
    System.out.printf(
        "%d rounds: %d answers, all of them in the log of %d records; %d ended within a record%n",
        ROUNDS, answered.size(), verify().records(), torn);
  }

  private ServerProcess start() throws Exception {
    return ServerProcess.start(
        folder,
        "--evenkeel.admission.single-budget=10s",
        "--evenkeel.audit.mode=durable",
        "--evenkeel.audit.segment-size=1MB",
        "--evenkeel.audit.checkpoint=200ms",
        "--evenkeel.keyring.file=audit.keys");
  }

  private void killUnderLoad(Set<String> answered) throws Exception {
    GoldenRows rows = GoldenRows.of("breast-cancer", "2");
    ServerProcess server = start();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/v1/predict");
      int before = answered.size();
      for (int i = 0; i < CALLERS; i++) {
        // Every eighth caller's requests are refused: those are recorded too.
        String body = i % 8 == 7 ? "{\"instance\": {}}" : rows.single(i);
        callers.execute(() -> ask(client, uri, body, answered));
      }
      while (answered.size() < before + ENOUGH_ANSWERS) {
        LockSupport.parkNanos(1_000_000);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(700)));
      server.signal("KILL");
      server.awaitExit(LONGEST);
    }
  }

  /** Asks again and again until nobody answers any more. */
  private static void ask(HttpClient client, URI uri, String body, Set<String> answered) {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .timeout(LONGEST)
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      while (true) {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        Matcher id = ID.matcher(answer.body());
        if (!answer.body().contains("audit-unavailable") && id.find()) {
          answered.add(id.group(1));
        }
      }
    } catch (IOException e) {
      // Killed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether the log ends within a record. */
  private long assertHolds(Set<String> answered, String round) {
    Verdict verdict = verify();
    assertThat(verdict.findings())
        .as(round)
        .allMatch(finding -> finding.kind() == Finding.Kind.TORN && finding.seq() > verdict.last());
    Set<String> missing = new HashSet<>(answered);
    missing.removeAll(recorded());
    assertThat(missing).as(round).isEmpty();
    return verdict.findings().size();
  }

  private Verdict verify() {
    return new LogVerifier(
            folder.resolve("audit"), TrustedKeys.read(folder.resolve("trusted")), null)
        .verify();
  }

  private Set<String> recorded() {
    Set<String> ids = new HashSet<>();
    LogReader.read(
        folder.resolve("audit"),
        null,
        (record, keys) -> {
          Matcher id = ID.matcher(record.text());
          if (id.find()) {
            ids.add(id.group(1));
          }
          return true;
        });
    return ids;
  }
}
