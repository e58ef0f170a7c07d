package io.evenkeel.admission;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The way in to one model version: a bulkhead for single requests and one for batches, so that
 * neither can starve the other. A request waits for its turn no longer than four fifths of its
 * endpoint's budget, which leaves time to run and to answer. Thread-safe.
 */
public final class Lane {
  private static final double SHARE_OF_BUDGET_TO_WAIT = 0.8;

  private final Map<Endpoint, Bulkhead> bulkheads = new EnumMap<>(Endpoint.class);
  private final Map<Endpoint, Duration> retryAfter = new EnumMap<>(Endpoint.class);

  /**
   * A lane whose bulkheads are kept in a registry, where operators find them.
   *
   * @param name of the model version; unique among the registry's lanes
   */
  public Lane(String name, LaneSettings settings, BulkheadRegistry registry) {
    for (Endpoint endpoint : Endpoint.values()) {
      Duration budget = settings.budget().of(endpoint);
      BulkheadConfig config =
          BulkheadConfig.custom()
              .maxConcurrentCalls(settings.runs(endpoint))
              .maxWaitDuration(
                  Duration.ofNanos((long) (budget.toNanos() * SHARE_OF_BUDGET_TO_WAIT)))
              .writableStackTraceEnabled(false)
              .build();
      bulkheads.put(endpoint, registry.bulkhead(name + "-" + endpoint.label(), config));
      retryAfter.put(
          endpoint, budget.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : budget);
    }
  }

  /** Waits for a turn, within the bounds. Whoever gets the permit closes it. */
  public Admission tryEnter(Endpoint endpoint, Deadline deadline) {
    if (deadline.hasPassed()) {
      return new Shed(Shed.Reason.DEADLINE_UNATTAINABLE, retryAfter(endpoint));
    }
    Bulkhead bulkhead = bulkhead(endpoint);
    return bulkhead.tryAcquirePermission()
        ? new Permit(bulkhead)
        : new Shed(Shed.Reason.QUEUE_FULL, retryAfter(endpoint));
  }

  /** Jittered, so that those who were refused together don't come back together. */
  private Duration retryAfter(Endpoint endpoint) {
    Duration base = retryAfter.getOrDefault(endpoint, Duration.ofSeconds(1));
    return base.plusMillis(ThreadLocalRandom.current().nextLong(base.toMillis() + 1));
  }

  /** How many runs there can be at once. */
  public int mostRuns() {
    return bulkheads.values().stream()
        .mapToInt(bulkhead -> bulkhead.getMetrics().getMaxAllowedConcurrentCalls())
        .sum();
  }

  /** How many runs are in progress. */
  public int inFlight() {
    int inFlight = 0;
    for (Bulkhead bulkhead : bulkheads.values()) {
      Bulkhead.Metrics metrics = bulkhead.getMetrics();
      inFlight += metrics.getMaxAllowedConcurrentCalls() - metrics.getAvailableConcurrentCalls();
    }
    return inFlight;
  }

  private Bulkhead bulkhead(Endpoint endpoint) {
    Bulkhead bulkhead = bulkheads.get(endpoint);
    if (bulkhead == null) {
      throw new IllegalStateException("every endpoint has a bulkhead");
    }
    return bulkhead;
  }
}
