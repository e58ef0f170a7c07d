package io.evenkeel.admission;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Who may be in a lane: a bulkhead for each endpoint, a bound on rows that no burst oversteps, the
 * admission policy, and a circuit breaker for a model that fails again and again. Thread-safe.
 */
final class Entrance {
  /** How long a circuit stays open before a few requests may try the model again. */
  private static final Duration OPEN_CIRCUIT = Duration.ofSeconds(5);

  private final LaneSettings settings;
  private final AdmissionPolicy policy;
  private final Registries registries;
  private final Map<Endpoint, Bulkhead> bulkheads = new EnumMap<>(Endpoint.class);
  private final CircuitBreaker breaker;
  private final AtomicInteger rows = new AtomicInteger();

  /** Of batches that are in the lane, but are too large to be there with all their rows. */
  private final AtomicInteger rowsOutside = new AtomicInteger();

  /**
   * An entrance with room for all.
   *
   * @param name unique in the registries
   */
  Entrance(String name, LaneSettings settings, AdmissionPolicy policy, Registries registries) {
    this.settings = settings;
    this.policy = policy;
    this.registries = registries;
    for (Endpoint endpoint : Endpoint.values()) {
      BulkheadConfig config =
          BulkheadConfig.custom()
              .maxConcurrentCalls(settings.limits().of(endpoint))
              .maxWaitDuration(Duration.ZERO)
              .writableStackTraceEnabled(false)
              .build();
      String bulkhead = name + "-" + endpoint.label();
      // A lane of this name may still be there, whose place this one takes.
      registries.bulkheads().remove(bulkhead);
      bulkheads.put(endpoint, registries.bulkheads().bulkhead(bulkhead, config));
    }
    registries.breakers().remove(name);
    breaker = registries.breakers().circuitBreaker(name, breakerConfig());
  }

  /** Where operators find the bulkheads and the circuit breaker of a lane. */
  record Registries(BulkheadRegistry bulkheads, CircuitBreakerRegistry breakers) {}

  /** Opens when half of the last hundred requests failed, once there have been twenty. */
  private static CircuitBreakerConfig breakerConfig() {
    return CircuitBreakerConfig.custom()
        .slidingWindowSize(100)
        .minimumNumberOfCalls(20)
        .failureRateThreshold(50)
        .waitDurationInOpenState(OPEN_CIRCUIT)
        .permittedNumberOfCallsInHalfOpenState(5)
        .recordResult(outcome -> outcome == Permit.Outcome.FAILED)
        .writableStackTraceEnabled(false)
        .build();
  }

  /** Lets a request in, or says why not. */
  Admission tryEnter(Claim claim, AdmissionPolicy.Scene scene, long now) {
    Shed.Reason reason = policy.refusal(claim, scene, now);
    if (reason == null) {
      reason = takeRoom(claim);
    }
    if (reason != null) {
      return shed(reason, scene, now);
    }
    rowsOutside.addAndGet(outside(claim));
    return new Permit(this, claim);
  }

  /** Takes up what the request needs, all or nothing. */
  private Shed.@Nullable Reason takeRoom(Claim claim) {
    if (!bulkhead(claim.endpoint()).tryAcquirePermission()) {
      return Shed.Reason.QUEUE_FULL;
    }
    if (!reserve(policy.reserved(claim))) {
      bulkhead(claim.endpoint()).releasePermission();
      return Shed.Reason.QUEUE_FULL;
    }
    if (!breaker.tryAcquirePermission()) {
      rows.addAndGet(-policy.reserved(claim));
      bulkhead(claim.endpoint()).releasePermission();
      return Shed.Reason.CIRCUIT_OPEN;
    }
    return null;
  }

  /** Takes up room for rows, never more than there is, however many come at once. */
  private boolean reserve(int more) {
    int before;
    do {
      before = rows.get();
      if (before + more > settings.mostRows()) {
        return false;
      }
    } while (!rows.compareAndSet(before, before + more));
    return true;
  }

  private Shed shed(Shed.Reason reason, AdmissionPolicy.Scene scene, long now) {
    long drain =
        reason == Shed.Reason.CIRCUIT_OPEN
            ? OPEN_CIRCUIT.toNanos()
            : policy.drainTime(scene, now).toNanos() + LaneWatch.TICK.toNanos();
    // Jittered, so that those who were refused together don't come back together.
    long jittered = drain + ThreadLocalRandom.current().nextLong(drain);
    return new Shed(reason, Duration.ofNanos(jittered));
  }

  void leave(Claim claim, Permit.Outcome outcome) {
    rowsOutside.addAndGet(-outside(claim));
    rows.addAndGet(-policy.reserved(claim));
    bulkhead(claim.endpoint()).onComplete();
    if (outcome == Permit.Outcome.UNKNOWN) {
      breaker.releasePermission();
    } else {
      breaker.onResult(0, TimeUnit.NANOSECONDS, outcome);
    }
  }

  private int outside(Claim claim) {
    return claim.rows() - policy.reserved(claim);
  }

  /** How many rows aren't in the lane yet, but have their turn before a newcomer's. */
  int rowsOutside(Claim claim) {
    return claim.endpoint() == Endpoint.BATCH ? rowsOutside.get() : 0;
  }

  /** Whether requests are refused because the model has failed again and again. */
  boolean circuitIsOpen() {
    return breaker.getState() == CircuitBreaker.State.OPEN;
  }

  /** How many rows are in the lane, waiting or running. */
  int rows() {
    return rows.get();
  }

  /** Takes what it has put into the registries out of them. */
  void close() {
    for (Bulkhead bulkhead : bulkheads.values()) {
      if (registries.bulkheads().find(bulkhead.getName()).filter(bulkhead::equals).isPresent()) {
        registries.bulkheads().remove(bulkhead.getName());
      }
    }
    if (registries.breakers().find(breaker.getName()).filter(breaker::equals).isPresent()) {
      registries.breakers().remove(breaker.getName());
    }
  }

  private Bulkhead bulkhead(Endpoint endpoint) {
    Bulkhead bulkhead = bulkheads.get(endpoint);
    if (bulkhead == null) {
      throw new IllegalStateException("every endpoint has a bulkhead");
    }
    return bulkhead;
  }
}
