package io.evenkeel.monitoring.watch;

import io.evenkeel.monitoring.drift.DriftGroup;
import io.evenkeel.monitoring.drift.DriftLevel;
import io.evenkeel.monitoring.drift.DriftSnapshot;
import io.evenkeel.monitoring.drift.EffectSizes;
import io.evenkeel.registry.ModelVersion;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of versions that are watched for drift. Thread-safe. */
final class DriftMeters {
  private final MeterRegistry registry;
  private final Map<ModelVersion, List<Meter>> bound = new ConcurrentHashMap<>();

  DriftMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A detector's name in metrics. */
  static String word(DriftGroup group) {
    return group.name().toLowerCase(Locale.ROOT);
  }

  void bind(ModelVersion version, VersionDrift drift) {
    Tags tags = Tags.of("model", version.model(), "version", version.version());
    List<Meter> meters = new ArrayList<>();
    for (DriftGroup group : DriftGroup.values()) {
      Tags ofGroup = tags.and("detector", word(group));
      meters.add(
          Gauge.builder(
                  "evenkeel.drift.evidence",
                  drift,
                  found -> found.own().groups().getOrDefault(group, 0.0))
              .description(
                  "Evidence of drift in this server's rows; an alarm where the sum over detectors"
                      + " and servers reaches evenkeel.drift.inform")
              .tags(ofGroup)
              .register(registry));
      meters.add(alarms(ofGroup));
    }
    meters.add(
        Gauge.builder("evenkeel.drift.level", drift, found -> number(found.snapshot().level()))
            .description(
                "0 while there is no alarm, 1 while people should look, 2 while the"
                    + " evidence is enough to act; of the servers together")
            .tags(tags)
            .register(registry));
    meters.add(
        Gauge.builder("evenkeel.drift.rows", drift, found -> found.own().rows())
            .description("Rows that were looked at for drift")
            .tags(tags)
            .register(registry));
    meters.add(
        Gauge.builder("evenkeel.drift.servers", drift, DriftMeters::servers)
            .description("Servers whose evidence of drift is added up, this one included")
            .tags(tags)
            .register(registry));
    drift
        .contract()
        .names()
        .forEach(feature ->
            meters.add(
                Gauge.builder("evenkeel.drift.psi", drift, found -> psi(found, feature))
                    .description("The population stability index of the last window")
                    .tags(tags.and("feature", feature))
                    .register(registry)));
    bound.put(version, meters);
  }

  private Counter alarms(Tags tags) {
    return Counter.builder("evenkeel.drift.alarms")
        .description("Alarms of drift, by the detector that had most of the evidence")
        .tags(tags)
        .register(registry);
  }

  private static double psi(VersionDrift drift, String feature) {
    EffectSizes sizes = drift.effects().get(feature);
    return sizes == null ? Double.NaN : sizes.psi();
  }

  private static int servers(VersionDrift drift) {
    FleetView fleet = drift.fleet();
    return fleet == null ? 1 : fleet.size();
  }

  private static int number(DriftLevel level) {
    return switch (level) {
      case CALM -> 0;
      case INFORM -> 1;
      case ACT -> 2;
    };
  }

  void alarm(ModelVersion version, DriftSnapshot snapshot) {
    String detector =
        snapshot.groups().entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(group -> word(group.getKey()))
            .orElse("inputs");
    alarms(Tags.of("model", version.model(), "version", version.version(), "detector", detector))
        .increment();
  }

  /** Counters stay: what has been counted is counted on. */
  void unbind(ModelVersion version) {
    List<Meter> meters = bound.remove(version);
    if (meters != null) {
      meters.stream().filter(Gauge.class::isInstance).forEach(registry::remove);
    }
  }
}
