package io.evenkeel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClosedLoopGeneratorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AtomicInteger requests = new AtomicInteger();

  @Test
  void countsWhatTheServerSentByStatus() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(exchange -> {
          if (requests.incrementAndGet() % 3 == 0) {
            exchange.getResponseHeaders().set("Connection", "close");
            return 503;
          }
          return 200;
        })) {
      Outcomes outcomes = load(server, 8, Duration.ZERO);

      assertThat(server.sent(503)).isPositive();
      assertThat(outcomes.good()).isEqualTo(server.sent(200));
      assertThat(outcomes.answered()).isEqualTo(server.sent(200) + server.sent(503));
      assertThat(outcomes.broken()).isZero();
    }
  }

  @Test
  void countsConnectionsThatEndWithoutAnAnswer() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(exchange -> {
          if (requests.incrementAndGet() % 3 == 0) {
            throw new IOException("broken off on purpose");
          }
          return 200;
        })) {
      Outcomes outcomes = load(server, 4, Duration.ZERO);

      assertThat(outcomes.broken()).isPositive().isEqualTo(requests.get() / 3);
      assertThat(outcomes.good()).isEqualTo(server.sent(200));
    }
  }

  @Test
  void letsCallersRestThatWereNotServed() throws IOException {
    try (ScriptedServer server = new ScriptedServer(exchange -> 503)) {
      Outcomes outcomes = load(server, 5, PATIENCE);

      assertThat(outcomes.answered()).isEqualTo(5);
      assertThat(server.sent(503)).isEqualTo(5);
    }
  }

  @Test
  void callersComeBackAfterTheirRest() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(exchange -> requests.incrementAndGet() <= 5 ? 503 : 200)) {
      Outcomes outcomes = load(server, 5, Duration.ofMillis(10));

      assertThat(outcomes.answered() - outcomes.good()).isEqualTo(5);
      assertThat(outcomes.good()).isPositive().isEqualTo(server.sent(200));
    }
  }

  private static Outcomes load(ScriptedServer server, int callers, Duration pause)
      throws IOException {
    ClosedLoopOptions options =
        new ClosedLoopOptions(
            server.target(PATIENCE), callers, pause, Duration.ZERO, Duration.ofMillis(300), null);
    try (ClosedLoopGenerator generator = new ClosedLoopGenerator(options)) {
      Outcomes outcomes = generator.run(options.measured());
      generator.finish();
      return outcomes;
    }
  }
}
