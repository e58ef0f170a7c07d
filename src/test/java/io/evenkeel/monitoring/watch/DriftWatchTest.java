package io.evenkeel.monitoring.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.control.ControlledModels;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.monitoring.drift.DriftLevel;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.routing.remediation.Signal;
import io.evenkeel.serving.spi.Events;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server tells that has another one beside it. */
class DriftWatchTest {
  private static final double INFORM = 1e6;
  private static final DriftProperties PROPERTIES = Streams.properties(INFORM);

  private final MeterRegistry meters = new SimpleMeterRegistry();

  /** Keeps, as a server, more than half of the evidence that an alarm takes, and less than all. */
  private static void keepHalf(
      ControlledModels models, ModelVersion version, String server, long seed) {
    VersionDrift drift =
        new VersionDrift(Streams.CONTRACT, Reference.read(Streams.days()), PROPERTIES);
    Random random = new Random(seed);
    while (drift.own().evidence() < 0.6 * INFORM) {
      DriftLevel ignored = drift.observe(Streams.row(0.3 + random.nextGaussian()), null);
    }
    assertThat(drift.own().level()).isEqualTo(DriftLevel.CALM);
    new DriftStore(models.control(), server, InstantSource.system()).exchange(version, drift);
  }

  private double value(String name) {
    return meters.get(name).tag("model", "m").gauge().value();
  }

  private double alarms() {
    return meters.find("evenkeel.drift.alarms").tag("detector", "inputs").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  @Test
  void signalsAndAlarmsAreThoseOfTheServersTogether(@TempDir Path root) throws Exception {
    Files.write(
        Files.createDirectories(root.resolve("m/1")).resolve(Reference.NAME), Streams.days());
    try (ControlledModels models = new ControlledModels(root)) {
      ModelVersion version = Objects.requireNonNull(models.registry().find("m", "1"));
      keepHalf(models, version, "one", 1);
      keepHalf(models, version, "other", 2);
      DriftStore store = new DriftStore(models.control(), "one", InstantSource.system());
      try (DriftWatch watch =
          new DriftWatch(
              PROPERTIES,
              models.registry(),
              models.router(),
              store,
              meters,
              InstantSource.system())) {
        assertThat(watch.signals("m")).as("nobody has asked").isEmpty();

        watch.observe(
            Events.of(
                version, Streams.CONTRACT, Endpoint.SINGLE, List.of(Streams.row(0.6)), "served"));
        Await.until(() -> alarms() == 1);

        assertThat(watch.signals("m"))
            .singleElement()
            .satisfies(signal -> {
              assertThat(signal.stage()).isEqualTo(Signal.Stage.INFORM);
              assertThat(signal.detector()).isEqualTo("inputs");
              assertThat(signal.evidence()).isGreaterThan(INFORM);
            });
        assertThat(value("evenkeel.drift.level")).isEqualTo(1);
        assertThat(value("evenkeel.drift.servers")).isEqualTo(2);
        assertThat(meters.get("evenkeel.drift.evidence").tag("detector", "inputs").gauge().value())
            .as("this server's own")
            .isLessThan(INFORM);
        DriftReport report = Objects.requireNonNull(watch.report(version));
        assertThat(report.document())
            .containsEntry("level", "inform")
            .containsEntry("ownLevel", "calm");
      }
    }
  }
}
