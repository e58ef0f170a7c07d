package io.evenkeel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadGeneratorTest {
  private static final long STALL_MILLIS = 300;

  @ParameterizedTest(name = "tick of {0} ms")
  @ValueSource(longs = {0, 5})
  void countsLatencyFromWhenARequestWasDueNotFromWhenItWasSent(long tick, @TempDir Path folder)
      throws IOException {
    Path trace = folder.resolve("trace.csv");
    CountDownLatch never = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(exchange -> {
          stall(never);
          never.countDown();
          return 200;
        })) {
      // One connection: while the first answer stalls, all the others wait for it.
      run(server, new Step(500, 0.1), Duration.ofMillis(tick), trace);

      assertThat(server.sent(200)).isEqualTo(49);
    }
    assertThat(endMillis(trace))
        .hasSize(49)
        .allSatisfy(end -> assertThat(end).isGreaterThanOrEqualTo(STALL_MILLIS));
  }

  private static void stall(CountDownLatch over) {
    try {
      over.await(STALL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(ScriptedServer server, Step step, Duration tick, Path trace)
      throws IOException {
    OpenLoopOptions options =
        new OpenLoopOptions(
            server.target(Duration.ofSeconds(30)),
            null,
            List.of(step),
            Arrivals.FIXED,
            1,
            1,
            tick,
            null,
            trace);
    try (LoadGenerator generator = new LoadGenerator(options, options.steps())) {
      generator.run();
      generator.writeTrace(trace);
    }
  }

  /** When each request was answered: due at, and latency from then. */
  private static List<Double> endMillis(Path trace) throws IOException {
    return Files.readAllLines(trace).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(fields -> Double.parseDouble(fields[2]) + Double.parseDouble(fields[3]))
        .toList();
  }
}
