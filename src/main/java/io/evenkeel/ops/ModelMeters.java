package io.evenkeel.ops;

import io.evenkeel.admission.Lane;
import io.evenkeel.admission.LaneCounters;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Servable;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** Gauges of each version: its state, how long it took to load, what goes on in its lane. */
@Component
final class ModelMeters implements MeterBinder {
  private final ModelRegistry models;

  ModelMeters(ModelRegistry models) {
    this.models = models;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    models.all().forEach(version -> bind(version, registry));
  }

  private static void bind(ModelVersion version, MeterRegistry registry) {
    Tags tags = Tags.of("model", version.model(), "version", version.version());
    for (ModelVersion.State state : ModelVersion.State.values()) {
      Gauge.builder("evenkeel.model.state", version, found -> found.state() == state ? 1 : 0)
          .description("1 for the state the version is in, 0 for the others")
          .tags(tags.and("state", state.name().toLowerCase(Locale.ROOT)))
          .register(registry);
    }
    TimeGauge.builder(
            "evenkeel.model.load",
            version,
            TimeUnit.MILLISECONDS,
            found -> found.loadTime().toMillis())
        .description("Time from the first byte read to readiness or failure")
        .tags(tags)
        .register(registry);
    Gauge.builder("evenkeel.rules.switched", version, ModelMeters::switched)
        .description("Rules of the version that are not enforced at present")
        .tags(tags)
        .register(registry);
    gauge("evenkeel.lane.in.flight", "Rows in the lane, waiting or running", Lane::inFlight)
        .bind(version, tags, registry);
    gauge("evenkeel.lane.queue.rows", "Rows that wait for their turn", Lane::waiting)
        .bind(version, tags, registry);
    counter("evenkeel.lane.runs", "Runs of the model", LaneCounters::runs)
        .bind(version, tags, registry);
    counter("evenkeel.lane.rows", "Rows in all runs of the model", LaneCounters::rows)
        .bind(version, tags, registry);
    counter(
            "evenkeel.lane.terminations",
            "Runs ended early because nobody waited for them any more",
            LaneCounters::terminations)
        .bind(version, tags, registry);
  }

  /** Registers one meter of a version's lane. */
  private interface LaneMeter {
    void bind(ModelVersion version, Tags tags, MeterRegistry registry);
  }

  private static LaneMeter gauge(String name, String description, ToDoubleFunction<Lane<?>> value) {
    return (version, tags, registry) ->
        Gauge.builder(name, version, of -> ofLane(of, value))
            .description(description)
            .tags(tags)
            .register(registry);
  }

  private static LaneMeter counter(
      String name, String description, ToDoubleFunction<LaneCounters> value) {
    return (version, tags, registry) ->
        FunctionCounter.builder(
                name, version, of -> ofLane(of, lane -> value.applyAsDouble(lane.counters())))
            .description(description)
            .tags(tags)
            .register(registry);
  }

  private static double switched(ModelVersion version) {
    Servable servable = version.servable();
    return servable == null ? 0 : servable.flags().flags().size();
  }

  private static double ofLane(ModelVersion version, ToDoubleFunction<Lane<?>> value) {
    Servable servable = version.servable();
    return servable == null ? 0 : value.applyAsDouble(servable.lane());
  }
}
