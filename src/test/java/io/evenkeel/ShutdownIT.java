package io.evenkeel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Signals under load lose no request and crash nothing. {@code scripts/sigterm-soak} runs the same
 * with many more rounds.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS)
class ShutdownIT {
  private static final int ROUNDS = Integer.getInteger("evenkeel.shutdown.rounds", 3);
  private static final Duration EXIT = Duration.ofSeconds(30);
  private static final int ENOUGH_ANSWERS = 300;

  /** Budgets far beyond what a busy machine needs: a 504 would say nothing about the shutdown. */
  private static final String[] SETTINGS = {
    "--evenkeel.ops.drain-delay=300ms",
    "--evenkeel.admission.single-budget=10s",
    "--evenkeel.admission.batch-budget=10s"
  };

  @TempDir Path folder;

  /** How the server is told to stop. */
  private record Wish(int exitCode, List<String> signals) {
    static final Wish TERMINATION = new Wish(143, List.of("TERM"));
    static final Wish INTERRUPT = new Wish(130, List.of("INT"));
    static final Wish REPEATED_TERMINATION = new Wish(143, List.of("TERM", "TERM", "TERM"));
    static final List<Wish> ALL = List.of(TERMINATION, INTERRUPT, REPEATED_TERMINATION);
  }

  @Test
  void answersEveryRequestWhenItIsStoppedUnderLoad() throws Exception {
    int served = 0;
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Wish wish = Wish.ALL.get(round % Wish.ALL.size());
      Path roundFolder = Files.createDirectory(folder.resolve("round-" + round));
      try (ServerProcess server = ServerProcess.start(roundFolder, SETTINGS)) {
        List<Caller> callers = stopUnderLoad(server, wish, "round " + round);
        served += callers.stream().mapToInt(Caller::served).sum();
        refused += callers.stream().mapToInt(Caller::refused).sum();
      }
    }
    System.out.printf("%d rounds: %d served, %d refused, 0 lost%n", ROUNDS, served, refused);
  }

  private static List<Caller> stopUnderLoad(ServerProcess server, Wish wish, String round)
      throws Exception {
    List<Caller> callers = callers(server.port());
    List<Thread> threads = callers.stream().map(Thread.ofPlatform()::start).toList();
    awaitAnswers(callers);
    Wish possible = server.ignoresInterrupts() ? Wish.TERMINATION : wish;
    for (String signal : possible.signals) {
      server.signal(signal);
    }
    int code = server.awaitExit(EXIT);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(callers).as(round).flatExtracting(Caller::faults).isEmpty();
    assertThat(callers).as(round).allMatch(caller -> caller.answered() > 0);
    assertEndsCleanly(server, code, possible.exitCode, round);
    return callers;
  }

  private static List<Caller> callers(int port) throws Exception {
    GoldenRows rows = GoldenRows.of("breast-cancer", "2");
    String single = "/v1/predict";
    String batch = "/v1/predict/batch";
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      callers.add(new Caller(port, single, rows.single(i), Caller.Connections.KEPT));
    }
    for (int i = 0; i < 2; i++) {
      callers.add(new Caller(port, batch, rows.batch(200), Caller.Connections.KEPT));
      callers.add(
          new Caller(port, single, rows.single(i), Caller.Connections.ONE_FOR_EACH_REQUEST));
    }
    return callers;
  }

  private static void awaitAnswers(List<Caller> callers) {
    long end = System.nanoTime() + EXIT.toNanos();
    while (callers.stream().mapToInt(Caller::answered).sum() < ENOUGH_ANSWERS
        || callers.stream().anyMatch(caller -> caller.answered() == 0)) {
      assertThat(System.nanoTime()).as("the load gets answers").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void assertEndsCleanly(ServerProcess server, int code, int expected, String round)
      throws Exception {
    assertThat(code).as(round).isEqualTo(expected);
    assertThat(server.crashReports()).as(round).isEmpty();
    assertThat(server.log())
        .as(round)
        .noneMatch(line -> line.contains("\"level\":\"ERROR\""))
        .noneMatch(line -> line.contains("isn't kept"))
        .noneMatch(line -> line.contains("SIGSEGV") || line.contains("SIGABRT"))
        .anyMatch(line -> line.contains("every accepted request has been answered"));
  }

  @Test
  void announcesTheStopAndHurriesWhenItIsToldAgain() throws Exception {
    String delay = "--evenkeel.ops.drain-delay=10m";
    try (ServerProcess server = ServerProcess.start(folder, delay);
        HttpClient client = HttpClient.newHttpClient()) {
      server.signal("TERM");
      awaitReadinessToFall(server);
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/models"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Connection")).contains("close");
      server.signal("TERM");
      assertEndsCleanly(server, server.awaitExit(EXIT), 143, "told twice");
    }
  }

  private static void awaitReadinessToFall(ServerProcess server) throws Exception {
    long end = System.nanoTime() + EXIT.toNanos();
    while (server.getOperations("/actuator/health/readiness").statusCode() != 503) {
      assertThat(System.nanoTime()).as("readiness goes down").isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** The native library is being used on another thread at that moment. */
  @Test
  void stopsCleanlyWhileModelsAreLoading() throws Exception {
    try (ServerProcess server =
        ServerProcess.startWithoutWaiting(folder, "--evenkeel.ops.drain-delay=0s")) {
      server.signal("TERM");
      assertEndsCleanly(server, server.awaitExit(EXIT), 143, "while loading");
    }
  }
}
