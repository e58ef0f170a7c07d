package io.evenkeel.monitoring.slo;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;

/**
 * Gives the latencies of requests a bucket at each objective's threshold: how many were fast enough
 * is then counted, not guessed from the buckets beside it.
 */
public final class LatencyThresholds implements MeterFilter {
  static final String REQUEST = "evenkeel.request";

  private final List<Objective> objectives;

  public LatencyThresholds(List<Objective> objectives) {
    this.objectives = List.copyOf(objectives);
  }

  @Override
  public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
    if (!id.getName().equals(REQUEST)) {
      return config;
    }
    double[] thresholds = thresholds(id);
    double[] bounds = config.getServiceLevelObjectiveBoundaries();
    if (thresholds.length == 0 || bounds == null) {
      return config;
    }
    double[] all =
        DoubleStream.concat(Arrays.stream(bounds), Arrays.stream(thresholds))
            .sorted()
            .distinct()
            .toArray();
    return DistributionStatisticConfig.builder().serviceLevelObjectives(all).build().merge(config);
  }

  private double[] thresholds(Meter.Id id) {
    String model = Objects.requireNonNullElse(id.getTag("model"), "");
    return objectives.stream()
        .filter(objective -> Objects.equals(objective.endpoint(), id.getTag("endpoint")))
        .filter(objective -> objective.isAbout(model))
        .map(Objective::latency)
        .filter(Objects::nonNull)
        .mapToDouble(latency -> latency.threshold().toNanos())
        .toArray();
  }
}
