package io.evenkeel.ops;

import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Servable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Gauges of each version: its state, how long it took to load, how many runs are in progress. */
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
    Gauge.builder("evenkeel.lane.in.flight", version, ModelMeters::inFlight)
        .description("Runs in progress")
        .tags(tags)
        .register(registry);
  }

  private static int inFlight(ModelVersion version) {
    Servable servable = version.servable();
    return servable == null ? 0 : servable.lane().inFlight();
  }
}
