package io.evenkeel.admission;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.List;

/** Lanes of one executor, for the tests of what passes through and of who is let in. */
final class TestLane {
  /** The most rows of a run. */
  static final int LARGEST = 8;

  private TestLane() {}

  static Lane<TestTicket> of(
      LaneSettings settings, ServiceTimes times, HeldExecutor executor, LaneWatch watch) {
    return new Lane<>(
        "test-1",
        settings,
        new Lane.Parts<>(List.of(executor), times),
        new Lane.Surroundings(
            BulkheadRegistry.ofDefaults(), CircuitBreakerRegistry.ofDefaults(), watch));
  }

  static LaneSettings settings(int rows, boolean batching) {
    return new LaneSettings(budget(), 1, new LaneSettings.Limits(rows, 1000, 1000), batching);
  }

  static LatencyBudget budget() {
    return new LatencyBudget(Duration.ofMillis(50), Duration.ofSeconds(2));
  }

  /** A row alone takes 1 ms, a full run 1.5 ms. */
  static ServiceTimes times() {
    return new ServiceTimes(new int[] {1, LARGEST}, new long[] {1_000_000, 1_500_000});
  }
}
