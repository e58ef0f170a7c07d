package io.evenkeel.monitoring.slo;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What Prometheus's rules need to know of the objectives: so they are written once, in the
 * service's configuration, and the rules hold for any.
 */
public final class SloMeters {
  private final MeterRegistry registry;

  private SloMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Binds the meters of all that is watched, and of what comes later. */
  public static void bind(SloWatch watch, MeterRegistry registry) {
    SloMeters meters = new SloMeters(registry);
    watch.forEach(counted -> meters.bind(watch, counted));
  }

  private void bind(SloWatch watch, SloWatch.Counted counted) {
    Indicator indicator = counted.indicator();
    Objective objective = indicator.objective();
    Tags tags =
        Tags.of(
            "slo", objective.name(),
            "sli", indicator.kind().label(),
            "endpoint", indicator.endpoint(),
            "model", counted.model());
    requests(watch, counted, tags.and("result", "bad"), Tally::bad);
    requests(watch, counted, tags.and("result", "good"), tally -> tally.requests() - tally.bad());
    Gauge.builder("evenkeel.slo.objective", () -> indicator.target().share())
        .description("The share of the requests that is promised to be good")
        .tags(
            tags.and(
                "owner", objective.owner(),
                "severity", objective.severity().name().toLowerCase(Locale.ROOT)))
        .register(registry);
  }

  private void requests(
      SloWatch watch, SloWatch.Counted counted, Tags tags, ToDoubleFunction<Tally> count) {
    FunctionCounter.builder(
            "evenkeel.slo.requests", watch, found -> count.applyAsDouble(found.total(counted)))
        .description("Requests that count for an objective")
        .tags(tags)
        .register(registry);
  }
}
