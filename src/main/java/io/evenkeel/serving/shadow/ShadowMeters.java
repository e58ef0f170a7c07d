package io.evenkeel.serving.shadow;

import io.evenkeel.routing.Shadowing;
import io.evenkeel.serving.spi.ShadowedRow;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The meters of one shadow, all of them there at once, at 0. Thread-safe. */
final class ShadowMeters {
  private static final double[] DISTANCE_BUCKETS = {
    0.0001, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2
  };
  private static final Duration[] LATENCY_BUCKETS = {
    Duration.ofNanos(50_000),
    Duration.ofNanos(100_000),
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofNanos(2_500_000),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
  };

  private final Map<ShadowedRow.Result, Counter> rows = new EnumMap<>(ShadowedRow.Result.class);
  private final Map<DropReason, Counter> dropped = new EnumMap<>(DropReason.class);
  private final DistributionSummary distance;
  private final Timer seconds;

  ShadowMeters(MeterRegistry registry, Shadowing shadowing) {
    Tags tags = Tags.of("model", shadowing.model(), "version", shadowing.version());
    for (ShadowedRow.Result result : ShadowedRow.Result.values()) {
      rows.put(
          result,
          Counter.builder("evenkeel.shadow.rows")
              .description("Copied rows that the shadow tried to answer")
              .tags(tags.and("result", result.name().toLowerCase(Locale.ROOT)))
              .register(registry));
    }
    for (DropReason reason : DropReason.values()) {
      dropped.put(
          reason,
          Counter.builder("evenkeel.shadow.dropped")
              .description("Copied rows that the shadow didn't try to answer")
              .tags(tags.and("reason", reason.word()))
              .register(registry));
    }
    distance =
        DistributionSummary.builder("evenkeel.shadow.distance")
            .description("How far the shadow's answers are from those that were given")
            .tags(tags)
            .serviceLevelObjectives(DISTANCE_BUCKETS)
            .register(registry);
    seconds =
        Timer.builder("evenkeel.shadow")
            .description("Time from a copy's entry to the shadow's lane to its answer")
            .tags(tags)
            .serviceLevelObjectives(LATENCY_BUCKETS)
            .register(registry);
  }

  void drop(DropReason reason) {
    Objects.requireNonNull(dropped.get(reason)).increment();
  }

  void compared(ShadowedRow row) {
    Objects.requireNonNull(rows.get(row.result())).increment();
    if (Double.isFinite(row.distance())) {
      distance.record(row.distance());
    }
    if (row.result() != ShadowedRow.Result.FAILED) {
      seconds.record(row.laneNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
