package io.evenkeel.ops;

import io.evenkeel.admission.Lane;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Servable;
import io.evenkeel.registry.VersionListener;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/**
 * Gauges of each version: its state, how long it took to load, what goes on in its lane. They go by
 * the version's name: where another content takes its place, they show that one.
 */
@Component
final class ModelMeters implements VersionListener {
  private final ModelRegistry models;
  private final MeterRegistry registry;
  private final Map<String, List<Meter>> meters = new ConcurrentHashMap<>();

  ModelMeters(ModelRegistry models, MeterRegistry registry) {
    this.models = models;
    this.registry = registry;
    models.all().forEach(this::added);
  }

  @Override
  public void added(ModelVersion version) {
    meters.computeIfAbsent(
        version.toString(), name -> new OfVersion(version.model(), version.version()).bind());
  }

  @Override
  public void gone(ModelVersion version) {
    if (models.find(version.model(), version.version()) == null) {
      List<Meter> its = meters.remove(version.toString());
      if (its != null) {
        its.forEach(registry::remove);
      }
    }
  }

  /** Binds one version's meters. */
  private final class OfVersion {
    private final String model;
    private final String version;
    private final Tags tags;
    private final List<Meter> bound = new ArrayList<>();

    OfVersion(String model, String version) {
      this.model = model;
      this.version = version;
      this.tags = Tags.of("model", model, "version", version);
    }

    List<Meter> bind() {
      for (ModelVersion.State state : ModelVersion.State.values()) {
        bound.add(
            Gauge.builder(
                    "evenkeel.model.state",
                    models,
                    found -> of(found, version -> version.state() == state ? 1 : 0))
                .description("1 for the state the version is in, 0 for the others")
                .tags(tags.and("state", state.name().toLowerCase(Locale.ROOT)))
                .register(registry));
      }
      bound.add(
          TimeGauge.builder(
                  "evenkeel.model.load",
                  models,
                  TimeUnit.MILLISECONDS,
                  found -> of(found, version -> version.loadTime().toMillis()))
              .description("Time from the first byte read to readiness or failure")
              .tags(tags)
              .register(registry));
      gauge(
          "evenkeel.rules.switched",
          "Rules of the version that are not enforced at present",
          servable -> servable.flags().flags().size());
      gauge(
          "evenkeel.lane.in.flight",
          "Rows in the lane, waiting or running",
          servable -> servable.lane().inFlight());
      gauge(
          "evenkeel.lane.queue.rows",
          "Rows that wait for their turn",
          servable -> servable.lane().waiting());
      counter("evenkeel.lane.runs", "Runs of the model", lane -> lane.counters().runs());
      counter(
          "evenkeel.lane.rows", "Rows in all runs of the model", lane -> lane.counters().rows());
      counter(
          "evenkeel.lane.terminations",
          "Runs ended early because nobody waited for them any more",
          lane -> lane.counters().terminations());
      return bound;
    }

    private void gauge(String name, String description, ToDoubleFunction<Servable> value) {
      bound.add(
          Gauge.builder(name, models, found -> ofServable(found, value))
              .description(description)
              .tags(tags)
              .register(registry));
    }

    private void counter(String name, String description, ToDoubleFunction<Lane<?>> value) {
      bound.add(
          FunctionCounter.builder(
                  name,
                  models,
                  found -> ofServable(found, servable -> value.applyAsDouble(servable.lane())))
              .description(description)
              .tags(tags)
              .register(registry));
    }

    private double of(ModelRegistry found, ToDoubleFunction<ModelVersion> value) {
      ModelVersion now = found.find(model, version);
      return now == null ? 0 : value.applyAsDouble(now);
    }

    private double ofServable(ModelRegistry found, ToDoubleFunction<Servable> value) {
      return of(
          found,
          now -> {
            Servable servable = now.servable();
            return servable == null ? 0 : value.applyAsDouble(servable);
          });
    }
  }
}
