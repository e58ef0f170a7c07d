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
      Outcomes outcomes = load(server, 8);

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
      Outcomes outcomes = load(server, 4);

      assertThat(outcomes.broken()).isPositive().isEqualTo(requests.get() / 3);
      assertThat(outcomes.good()).isEqualTo(server.sent(200));
    }
  }

  private static Outcomes load(ScriptedServer server, int callers) throws IOException {
    ClosedLoopOptions options =
        new ClosedLoopOptions(
            server.target(PATIENCE), callers, Duration.ZERO, Duration.ofMillis(300), null);
    try (ClosedLoopGenerator generator = new ClosedLoopGenerator(options)) {
      Outcomes outcomes = generator.run(options.measured());
      generator.finish();
      return outcomes;
    }
  }
}
