package io.evenkeel;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.core.registry.EntryAddedEvent;
import io.github.resilience4j.core.registry.EntryRemovedEvent;
import io.github.resilience4j.core.registry.EntryReplacedEvent;
import io.github.resilience4j.core.registry.RegistryEventConsumer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * Shows circuit breakers, under Resilience4j's own names. Its publisher listens to each call to
 * count and time it: an event with a date and a timer for each request, although the request's own
 * meters tell that already, and a breaker isn't told how long a run took.
 */
final class BreakerMeters implements RegistryEventConsumer<CircuitBreaker> {
  private static final String PREFIX = "resilience4j.circuitbreaker.";

  private final MeterRegistry registry;
  private final Map<String, List<Meter>> meters = new ConcurrentHashMap<>();

  BreakerMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void onEntryAddedEvent(EntryAddedEvent<CircuitBreaker> event) {
    add(event.getAddedEntry());
  }

  @Override
  public void onEntryRemovedEvent(EntryRemovedEvent<CircuitBreaker> event) {
    remove(event.getRemovedEntry());
  }

  @Override
  public void onEntryReplacedEvent(EntryReplacedEvent<CircuitBreaker> event) {
    remove(event.getOldEntry());
    add(event.getNewEntry());
  }

  private void add(CircuitBreaker breaker) {
    meters.put(breaker.getName(), new OfBreaker(breaker).bind());
  }

  private void remove(CircuitBreaker breaker) {
    List<Meter> its = meters.remove(breaker.getName());
    if (its != null) {
      its.forEach(registry::remove);
    }
  }

  /** Binds one breaker's meters. */
  private final class OfBreaker {
    private final CircuitBreaker breaker;
    private final Tags tags;
    private final List<Meter> bound = new ArrayList<>();

    OfBreaker(CircuitBreaker breaker) {
      this.breaker = breaker;
      this.tags = Tags.of("name", breaker.getName());
    }

    List<Meter> bind() {
      for (CircuitBreaker.State state : CircuitBreaker.State.values()) {
        gauge(
            "state",
            "1 for the state the circuit breaker is in, 0 for the others",
            tags.and("state", state.name().toLowerCase(Locale.ROOT)),
            its -> its.getState() == state ? 1 : 0);
      }
      gauge(
          "failure.rate",
          "Share of failures among the last calls in percent, -1 while they are too few",
          tags,
          its -> its.getMetrics().getFailureRate());
      gauge(
          "buffered.calls",
          "How many of the last calls succeeded or failed",
          tags.and("kind", "successful"),
          its -> its.getMetrics().getNumberOfSuccessfulCalls());
      gauge(
          "buffered.calls",
          "How many of the last calls succeeded or failed",
          tags.and("kind", "failed"),
          its -> its.getMetrics().getNumberOfFailedCalls());
      return bound;
    }

    private void gauge(
        String name, String description, Tags tags, ToDoubleFunction<CircuitBreaker> value) {
      bound.add(
          Gauge.builder(PREFIX + name, breaker, value)
              .description(description)
              .tags(tags)
              .register(registry));
    }
  }
}
