package io.evenkeel.monitoring.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.control.ControlledModels;
import io.evenkeel.control.ServerFact;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.monitoring.drift.DriftLevel;
import io.evenkeel.monitoring.drift.DriftSnapshot;
import io.evenkeel.registry.ModelVersion;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that share the control state, and what they know of drift together. */
class FleetDriftTest {
  private static final double INFORM = 1e6;

  private final InstantSource clock = this::now;
  private Instant now = Instant.parse("2026-11-26T08:00:00Z");
  private ControlledModels one;
  private ControlledModels other;
  private ModelVersion version;
  private DriftStore oneStore;
  private DriftStore otherStore;
  private final VersionDrift oneDrift = drift(Streams.ofDays());
  private final VersionDrift otherDrift = drift(Streams.ofDays());

  private Instant now() {
    return now;
  }

  @BeforeEach
  void begin(@TempDir Path root) {
    one = new ControlledModels(root);
    other = one.second(root);
    version = Objects.requireNonNull(one.registry().find("m", "1"));
    oneStore = new DriftStore(one.control(), "one", clock);
    otherStore = new DriftStore(other.control(), "other", clock);
  }

  @AfterEach
  void end() {
    other.close();
    one.close();
  }

  private static VersionDrift drift(Reference reference) {
    return new VersionDrift(Streams.CONTRACT, reference, Streams.properties(INFORM));
  }

  /** Sees a drift until the evidence is more than half of what an alarm takes. */
  private static void seeHalf(VersionDrift drift, long seed) {
    Random random = new Random(seed);
    while (drift.own().evidence() < 0.5 * INFORM) {
      DriftLevel ignored = drift.observe(Streams.row(0.3 + random.nextGaussian()), null);
    }
    assertThat(drift.own().level()).as("alone").isEqualTo(DriftLevel.CALM);
  }

  private static FleetView fleet(VersionDrift drift) {
    return Objects.requireNonNull(drift.fleet());
  }

  private void exchangeAll() {
    oneStore.exchange(version, oneDrift);
    otherStore.exchange(version, otherDrift);
    oneStore.exchange(version, oneDrift);
  }

  @Test
  void theServersAlarmTogetherWhereEachAloneDoesNot() {
    seeHalf(oneDrift, 1);
    seeHalf(otherDrift, 2);
    exchangeAll();

    for (VersionDrift drift : new VersionDrift[] {oneDrift, otherDrift}) {
      DriftSnapshot together = drift.snapshot();
      assertThat(together.level()).isEqualTo(DriftLevel.INFORM);
      assertThat(together.evidence())
          .isCloseTo(
              oneDrift.own().evidence() + otherDrift.own().evidence(), within(1e-6 * INFORM));
      assertThat(together.rows()).isEqualTo(oneDrift.own().rows() + otherDrift.own().rows());
      assertThat(together.causes().getFirst().stream()).isEqualTo("x");
      assertThat(drift.own().level()).isEqualTo(DriftLevel.CALM);
    }
    DriftReport report = DriftReport.of(oneDrift, Streams.properties(INFORM), 0);
    assertThat(report.level()).isEqualTo(DriftLevel.INFORM);
    assertThat(report.document()).containsEntry("level", "inform");
    assertThat(String.valueOf(report.document().get("says"))).contains("`x` since about");
    assertThat((Map<?, ?>) report.document().get("fleet"))
        .extracting("servers", "level")
        .containsExactly(2, "inform");
  }

  @Test
  void isCalmTogetherWhereTheServersAre() {
    Random random = new Random(3);
    for (int i = 0; i < 3000; i++) {
      DriftLevel ignored = oneDrift.observe(Streams.row(random.nextGaussian()), null);
      ignored = otherDrift.observe(Streams.row(random.nextGaussian()), null);
    }
    exchangeAll();

    assertThat(oneDrift.snapshot().level()).isEqualTo(DriftLevel.CALM);
    assertThat(oneDrift.snapshot().rows()).isEqualTo(6000);
  }

  @Test
  void whatIsTooOldIsLeftOutAndSaidSo() {
    seeHalf(oneDrift, 1);
    seeHalf(otherDrift, 2);
    exchangeAll();

    now = now.plusSeconds(600);
    oneStore.exchange(version, oneDrift);
    assertThat(fleet(oneDrift).size()).isEqualTo(2);
    now = now.plusSeconds(1);
    oneStore.exchange(version, oneDrift);

    assertThat(fleet(oneDrift).size()).isEqualTo(1);
    assertThat(fleet(oneDrift).servers())
        .singleElement()
        .satisfies(server -> {
          assertThat(server.name()).isEqualTo("other");
          assertThat(server.part()).isEqualTo(FleetView.Part.TOO_OLD);
          assertThat(server.age()).hasSeconds(601);
        });
    assertThat(oneDrift.snapshot().evidence())
        .isCloseTo(oneDrift.own().evidence(), within(1e-6 * INFORM));
    assertThat(DriftReport.of(oneDrift, Streams.properties(INFORM), 0).document().get("fleet"))
        .asString()
        .contains("left out: too old", "ageSeconds=601");
  }

  @Test
  void anAlarmOfTheServersEndsWithTheEvidence() {
    seeHalf(oneDrift, 1);
    seeHalf(otherDrift, 2);
    exchangeAll();
    assertThat(oneDrift.snapshot().level()).isEqualTo(DriftLevel.INFORM);

    Random random = new Random(4);
    for (int i = 0; i < 1500; i++) {
      DriftLevel ignored = oneDrift.observe(Streams.row(random.nextGaussian()), null);
      ignored = otherDrift.observe(Streams.row(random.nextGaussian()), null);
    }
    assertThat(oneDrift.snapshot().level())
        .as("the other's last state is still from the drift")
        .isEqualTo(DriftLevel.INFORM);
    exchangeAll();

    assertThat(oneDrift.snapshot().level()).isEqualTo(DriftLevel.CALM);
    assertThat(oneDrift.snapshot().evidence()).isLessThan(0.1 * INFORM);
  }

  @Test
  void evidenceAgainstAnotherReferenceIsLeftOut() {
    VersionDrift stranger = drift(Streams.ofWholeDays(false));
    VersionDrift seasonal = drift(Streams.ofWholeDays(true));
    seeHalf(stranger, 5);
    otherStore.exchange(version, stranger);
    oneStore.exchange(version, oneDrift);

    assertThat(fleet(oneDrift).servers())
        .extracting(FleetView.Server::part)
        .containsExactly(FleetView.Part.OF_ANOTHER_REFERENCE);
    oneStore.exchange(version, seasonal);
    assertThat(fleet(seasonal).servers())
        .as("the same but for its seasons")
        .extracting(FleetView.Server::part)
        .containsExactly(FleetView.Part.OF_ANOTHER_REFERENCE);
  }

  @Test
  void aServerGoesOnWithItsOwnAndMeetsTheOthers() {
    seeHalf(oneDrift, 1);
    seeHalf(otherDrift, 2);
    exchangeAll();
    VersionDrift restarted = drift(Streams.ofDays());

    oneStore.restore(version, restarted);

    assertThat(restarted.own().rows()).isEqualTo(oneDrift.own().rows());
    assertThat(restarted.own().evidence()).isEqualTo(oneDrift.own().evidence());
    assertThat(restarted.snapshot().level()).isEqualTo(DriftLevel.INFORM);
  }

  @Test
  void whatCannotBeReadIsPassedOver() {
    one.control().store().tell(new ServerFact("drift/m/1", "one", now, "{\"state\": 3}"));
    one.control().store().tell(new ServerFact("drift/m/1", "other", now, "damaged"));

    oneStore.restore(version, oneDrift);
    oneStore.exchange(version, oneDrift);

    assertThat(oneDrift.fleet()).isNull();
    assertThat(oneDrift.snapshot().rows()).isZero();
  }
}
