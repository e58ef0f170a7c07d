package io.evenkeel.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.LatencyBudget;
import io.evenkeel.contract.Row;
import io.evenkeel.monitoring.ValidationWatch;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.routing.Requester;
import io.evenkeel.routing.Routing;
import io.evenkeel.serving.shadow.Shadow;
import io.evenkeel.serving.shadow.ShadowProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** To be observed costs a row with nothing to say of it no more than the event. */
class ObservingCostTest {
  private static final int ROWS = 20_000;
  private static final int MOST_ROUNDS = 100;

  /** The event and its parts, each with its compact head and rounded up, and a little to spare. */
  private static final double EVENT_BYTES = 144;

  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  /** With a shadow's observer, of whose models none has one. */
  private Observers observers(Shadow shadow) {
    return new Observers(
        List.of(new RuleMeters(meters), new ValidationWatch(InstantSource.system()), shadow),
        meters);
  }

  private Shadow shadow(TestWalk test) {
    LatencyBudget budget = new LatencyBudget(Duration.ofSeconds(1), Duration.ofSeconds(1));
    Shadow.Settings settings = new Shadow.Settings(new ShadowProperties(256, 0.01), budget);
    return new Shadow(test.router, settings, List.of(), meters, InstantSource.system());
  }

  private static Conclusion conclusion(Routing.Routed to, Row row, PredictionOutcome outcome) {
    Conclusion.Seen seen = new Conclusion.Seen(to, Endpoint.SINGLE, List.of(row), Requester.NOBODY);
    return new Conclusion(outcome, seen);
  }

  @Test
  void allocatesTheEventOnly(@TempDir Path root) {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/1");
    try (TestWalk test = new TestWalk(models);
        Shadow shadow = shadow(test)) {
      Observers observers = observers(shadow);
      Routing.Routed to = test.to("1");
      Conclusion conclusion =
          conclusion(to, test.row("1", 3), new PredictionOutcome.Failed(to.version()));
      Stopwatch stopwatch = new Stopwatch(System.nanoTime());
      double bytesPerRow = Double.MAX_VALUE;
      for (int round = 0; round < MOST_ROUNDS && bytesPerRow > EVENT_BYTES; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROWS; i++) {
          observers.observe(conclusion, stopwatch);
        }
        bytesPerRow = (threads.getCurrentThreadAllocatedBytes() - before) / (double) ROWS;
      }
      assertThat(bytesPerRow).isLessThanOrEqualTo(EVENT_BYTES);
      assertThat(
              meters
                  .counter("evenkeel.rows", "model", "m", "version", "1", "result", "valid")
                  .count())
          .isGreaterThanOrEqualTo(ROWS);
    }
  }
}
