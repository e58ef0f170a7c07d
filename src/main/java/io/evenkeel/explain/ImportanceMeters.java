package io.evenkeel.explain;

import io.evenkeel.registry.ModelVersion;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;

/** The gauges of one version, for as long as it is watched. */
final class ImportanceMeters {
  private final MeterRegistry registry;
  private final List<Meter> bound = new ArrayList<>();

  ImportanceMeters(
      MeterRegistry registry,
      ModelVersion version,
      List<String> names,
      VersionImportance importance) {
    this.registry = registry;
    for (int i = 0; i < names.size(); i++) {
      int feature = i;
      bound.add(
          Gauge.builder("evenkeel.importance.shift", importance, found -> found.statistic(feature))
              .description(
                  "By how many standard errors a feature matters more than in training, or less")
              .tags(
                  "model",
                  version.model(),
                  "version",
                  version.version(),
                  "feature",
                  names.get(feature))
              .register(registry));
    }
  }

  void unbind() {
    bound.forEach(registry::remove);
  }
}
