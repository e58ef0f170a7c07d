package io.evenkeel.monitoring.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.control.ControlledModels;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.monitoring.drift.CallerThinning;
import io.evenkeel.monitoring.drift.DriftLevel;
import io.evenkeel.monitoring.drift.DriftSnapshot;
import io.evenkeel.monitoring.drift.EffectSizes;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.routing.Requester;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traffic with days and nights, by a clock that is moved on. */
class SeasonalDriftTest {
  private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
  private static final int ROWS_AN_HOUR = 40;

  private final CallerThinning thinning = new CallerThinning(Duration.ofSeconds(1), 100, 1024, 0);
  private final DriftMeters meters = new DriftMeters(new SimpleMeterRegistry());
  private final Random random = new Random(5);

  /** A Thursday. The clocks are set on the following Sunday: from then on nights begin earlier. */
  private Instant now = Instant.parse("2026-03-26T09:00:00Z");

  private ControlledModels models;
  private ModelVersion version;

  @BeforeEach
  void load(@TempDir Path root) {
    models = new ControlledModels(root);
    version = Objects.requireNonNull(models.registry().find("m", "1"));
  }

  @AfterEach
  void close() {
    models.close();
  }

  private VersionDrift watched(Reference reference) {
    return new VersionDrift(Streams.CONTRACT, reference, Streams.properties(1e6));
  }

  private void play(VersionDrift drift, int hours, double shift) {
    WatchedVersion watched = new WatchedVersion(version, 1_000_000);
    watched.begin(drift, () -> {});
    for (int hour = 0; hour < hours; hour++) {
      double mean = Streams.isNight(now.atZone(VIENNA).getHour()) ? Streams.NIGHT : 0;
      for (int i = 0; i < ROWS_AN_HOUR; i++) {
        watched.offer(
            List.of(Streams.row(mean + shift + random.nextGaussian())),
            List.of(),
            Requester.NOBODY);
      }
      assertThat(watched.look(thinning, meters, now)).as("left out").isZero();
      now = now.plusSeconds(3600);
    }
  }

  @Test
  void nightsAreNoDriftWhereTheReferenceKnowsThem() {
    VersionDrift drift = watched(Streams.ofWholeDays(true));

    play(drift, 10 * 24, 0);

    assertThat(drift.own().rows()).isEqualTo(10 * 24 * ROWS_AN_HOUR);
    assertThat(drift.own().level()).isEqualTo(DriftLevel.CALM);
    assertThat(drift.own().informs()).isZero();
    EffectSizes effect = Objects.requireNonNull(drift.effects().get("x"));
    assertThat(effect.psi()).isLessThan(effect.psiThreshold());
  }

  @Test
  void theSameNightsAreDriftWhereItDoesNot() {
    VersionDrift drift = watched(Streams.ofWholeDays(false));

    play(drift, 10 * 24, 0);

    assertThat(drift.own().informs()).isGreaterThan(5);
  }

  @Test
  void aRealShiftIsFoundByDayAndByNight() {
    for (int hour : new int[] {9, 21}) {
      now = Instant.parse("2026-03-26T%02d:00:00Z".formatted(hour));
      VersionDrift drift = watched(Streams.ofWholeDays(true));
      play(drift, 72, 0);
      play(drift, 4, 0.7);

      DriftSnapshot told = drift.own();
      assertThat(told.level()).as("at %d: %s", hour, told).isNotEqualTo(DriftLevel.CALM);
      assertThat(told.causes().getFirst().stream()).isEqualTo("x");
      assertThat(told.causes().getFirst().sinceRowsAgo()).isBetween(120L, 210L);
    }
  }

  @Test
  void turnsWithTheHourOfTheZone() {
    VersionDrift drift = watched(Streams.ofWholeDays(true));

    drift.turn(Instant.parse("2026-03-26T20:59:59Z"));
    assertThat(drift.season()).isEqualTo("days");
    drift.turn(Instant.parse("2026-03-26T21:00:00Z"));
    assertThat(drift.season()).isEqualTo("nights");
    drift.turn(Instant.parse("2026-03-27T05:00:00Z"));
    assertThat(drift.season()).isEqualTo("days");
    drift.turn(Instant.parse("2026-03-29T20:00:00Z"));
    assertThat(drift.season()).as("in summer time").isEqualTo("nights");
  }

  @Test
  void goesOnInAnotherSeasonAfterARestart() {
    VersionDrift drift = watched(Streams.ofWholeDays(true));
    drift.turn(Instant.parse("2026-03-26T09:00:00Z"));
    for (int i = 0; i < 2500; i++) {
      DriftLevel ignored = drift.observe(Streams.row(random.nextGaussian()), null);
    }
    VersionDrift restarted = watched(Streams.ofWholeDays(true));

    restarted.restore(SavedDrift.of(drift.save().json()));
    restarted.turn(Instant.parse("2026-03-26T22:00:00Z"));

    assertThat(restarted.own().rows()).isEqualTo(2500);
    assertThat(restarted.own().evidence()).isEqualTo(drift.own().evidence());
  }
}
