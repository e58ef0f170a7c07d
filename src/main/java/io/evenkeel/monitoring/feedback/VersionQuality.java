package io.evenkeel.monitoring.feedback;

import io.evenkeel.monitoring.quality.ConfidenceTally;
import io.evenkeel.monitoring.quality.Metric;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is known of one version's quality, and its gauges. Thread-safe. */
final class VersionQuality {
  private final ConfidenceTally confidences;
  private final MeterRegistry meters;
  private final List<Meter> bound = new ArrayList<>();
  private volatile Map<Metric, Double> points = Map.of();
  private volatile int outcomes;

  VersionQuality(
      String model,
      String version,
      ConfidenceTally confidences,
      InstantSource clock,
      MeterRegistry meters) {
    this.confidences = confidences;
    this.meters = meters;
    Tags tags = Tags.of("model", model, "version", version);
    for (Metric metric : Metric.values()) {
      bound.add(
          Gauge.builder(
                  "evenkeel.quality", this, found -> found.points.getOrDefault(metric, Double.NaN))
              .description("How good the version's latest predictions were")
              .tags(tags.and("metric", metric.word()))
              .register(meters));
    }
    bound.add(
        Gauge.builder("evenkeel.quality.outcomes", this, found -> found.outcomes)
            .description("Of how many outcomes that is measured")
            .tags(tags)
            .register(meters));
    bound.add(
        Gauge.builder("evenkeel.confidence.low.share", this, found -> found.lowShare(clock))
            .description("The share of the last day's classifications below the floor")
            .tags(tags)
            .register(meters));
  }

  private double lowShare(InstantSource clock) {
    ConfidenceTally.Report report = confidences.report(clock.instant());
    return report == null ? Double.NaN : report.lowShare();
  }

  ConfidenceTally confidences() {
    return confidences;
  }

  /** Shows these figures from now on. */
  void show(int count, Map<Metric, Double> figures) {
    outcomes = count;
    points = Map.copyOf(figures);
  }

  void close() {
    bound.forEach(meters::remove);
  }
}
