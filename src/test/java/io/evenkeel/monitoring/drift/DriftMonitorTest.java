package io.evenkeel.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.monitoring.Sketch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DriftMonitorTest {
  private static final DriftSettings SETTINGS = DriftSettings.standard().withThresholds(1e4, 1e7);
  private static final Binning COLOUR =
      Binning.ofInput(
          "colour", new Sketch.Categorical(5000, 0.02, Map.of("red", 0.5, "blue", 0.5), 0));
  private static final Binning SIZE =
      Binning.ofInput(
          "size",
          new Sketch.Numeric(
              5000, 0.02, List.of(1.0, 2.0, 3.0), List.of(0.25, 0.25, 0.25, 0.25), 2, 1, 0, 4));

  private final DriftMonitor monitor = monitor();

  @Test
  void staysCalmWhileNothingDrifts() {
    play(monitor, 5000, 0, 1);

    assertThat(monitor.snapshot().level()).isEqualTo(DriftLevel.CALM);
    assertThat(monitor.snapshot().informs()).isZero();
    assertThat(monitor.snapshot().rows()).isEqualTo(5000);
  }

  @Test
  void informsThenActsAndEndsWhenTheDriftDoes() {
    play(monitor, 2000, 0, 2);
    play(monitor, 1000, 0.3, 3);
    DriftSnapshot drifted = monitor.snapshot();
    play(monitor, 2000, 0, 4);
    DriftSnapshot over = monitor.snapshot();

    assertThat(drifted.level()).isEqualTo(DriftLevel.ACT);
    assertThat(drifted.informs()).isEqualTo(1);
    assertThat(drifted.acts()).isEqualTo(1);
    assertThat(drifted.raisedRowsAgo()).isBetween(500L, 1000L);
    assertThat(over.level()).isEqualTo(DriftLevel.CALM);
    assertThat(over.raisedRowsAgo()).isZero();
    assertThat(over.evidence()).isLessThan(1e4);
  }

  @Test
  void saysWhatDriftedAndSinceWhen() {
    play(monitor, 2000, 0, 5);
    play(monitor, 400, 0.3, 6);

    DriftSnapshot.Cause first = monitor.snapshot().causes().getFirst();
    assertThat(first.stream()).isEqualTo("size");
    assertThat(first.group()).isEqualTo(DriftGroup.INPUTS);
    assertThat(first.sinceRowsAgo()).isBetween(330L, 470L);
    assertThat(first.shifts().getFirst().bin()).isEqualTo("from 3.0");
    assertThat(first.shifts().getFirst().recent())
        .isGreaterThan(first.shifts().getFirst().expected() + 0.1);
    assertThat(monitor.snapshot().groups().values().stream().mapToDouble(d -> d).sum())
        .isCloseTo(monitor.snapshot().evidence(), within(1e-6 * monitor.snapshot().evidence()));
  }

  @Test
  void aRestartLosesNothing() {
    play(monitor, 700, 0.1, 7);
    DriftMonitor restored = monitor();
    restored.add(DriftState.of(monitor.state().bytes()));

    play(monitor, 300, 0.1, 8);
    play(restored, 300, 0.1, 8);

    assertThat(restored.snapshot().evidence())
        .isCloseTo(monitor.snapshot().evidence(), within(1e-9 * monitor.snapshot().evidence()));
    assertThat(restored.snapshot().level()).isEqualTo(monitor.snapshot().level());
    assertThat(restored.snapshot().rows()).isEqualTo(1000);
  }

  @Test
  void replicasEvidenceAddsUp() {
    DriftMonitor other = monitor();
    DriftMonitor fleet = monitor();
    play(monitor, 500, 0, 9);
    play(other, 300, 0, 10);

    fleet.add(monitor.state());
    fleet.add(other.state());

    assertThat(fleet.snapshot().rows()).isEqualTo(800);
    assertThat(fleet.snapshot().evidence())
        .isCloseTo(monitor.snapshot().evidence() + other.snapshot().evidence(), within(1e-6));
  }

  @Test
  void aFleetIsTakenAnewEachTimeAndKeepsItsAlarm() {
    DriftMonitor other = monitor();
    DriftMonitor fleet = monitor();
    playUntil(monitor, 0.5e4, 21);
    playUntil(other, 0.5e4, 22);

    for (int i = 0; i < 2; i++) {
      fleet.replaceBy(List.of(monitor.state(), other.state()));
      assertThat(fleet.snapshot().evidence())
          .isCloseTo(monitor.snapshot().evidence() + other.snapshot().evidence(), within(1e-3));
      assertThat(fleet.snapshot().rows())
          .isEqualTo(monitor.snapshot().rows() + other.snapshot().rows());
    }
    assertThat(monitor.snapshot().level()).isEqualTo(DriftLevel.CALM);
    assertThat(other.snapshot().level()).isEqualTo(DriftLevel.CALM);
    assertThat(fleet.snapshot().level()).isEqualTo(DriftLevel.INFORM);

    fleet.replaceBy(List.of(monitor.state()));
    assertThat(fleet.snapshot().level())
        .as("half is more than a tenth")
        .isEqualTo(DriftLevel.INFORM);
    play(monitor, 2000, 0, 23);
    fleet.replaceBy(List.of(monitor.state()));
    assertThat(fleet.snapshot().level()).isEqualTo(DriftLevel.CALM);
    assertThat(fleet.snapshot().informs()).isEqualTo(1);
  }

  @Test
  void aFleetHasTheAlarmOfOneOfThem() {
    DriftMonitor fleet = monitor();
    play(monitor, 2000, 0.3, 24);

    fleet.replaceBy(List.of(monitor.state(), monitor().state()));

    assertThat(fleet.snapshot().level()).isEqualTo(DriftLevel.ACT);
    assertThat(fleet.snapshot().raisedRowsAgo()).isZero();
    assertThat(fleet.snapshot().causes().getFirst().stream()).isEqualTo("size");
  }

  @Test
  void whatWasLearntInOneSeasonGoesOnInAnother() {
    StreamReference night =
        SIZE.reference(
            new Sketch.Numeric(
                5000, 0.02, List.of(1.0, 2.0, 3.0), List.of(0.1, 0.1, 0.1, 0.7), 2, 1, 0, 4));
    DriftMonitor atNight = monitor();
    play(monitor, 700, 0.1, 25);
    play(atNight, 700, 0.1, 25);
    atNight.expect(List.of(COLOUR.reference(), night));
    DriftMonitor restored = monitor();

    assertThat(restored.fits(atNight.state())).isTrue();
    restored.add(atNight.state());
    play(monitor, 300, 0.1, 26);
    play(restored, 300, 0.1, 26);

    assertThat(restored.snapshot().evidence())
        .isCloseTo(monitor.snapshot().evidence(), within(1e-6 * monitor.snapshot().evidence()));
  }

  @Test
  void countsOfAFleetFindDriftAsRowsDo() {
    long[][] counts = {{490, 490, 20, 0}, {150, 180, 250, 400, 20}};

    for (int block = 0; block < 4; block++) {
      monitor.observeCounts(counts, 1000);
    }

    assertThat(monitor.snapshot().level()).isEqualTo(DriftLevel.ACT);
    assertThat(monitor.snapshot().causes().getFirst().stream()).isEqualTo("size");
  }

  @Test
  void refusesWhatIsNoStateOfIts() {
    byte[] bytes = monitor.state().bytes();
    DriftMonitor stranger = new DriftMonitor(List.of(SIZE.reference()), SETTINGS);

    assertThat(monitor.fits(DriftState.of(bytes))).isTrue();
    assertThat(stranger.fits(DriftState.of(bytes))).isFalse();
    assertThat(stranger.fits(DriftState.of(new byte[] {2}))).isFalse();
    assertThatThrownBy(() -> stranger.replaceBy(List.of(DriftState.of(bytes))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> stranger.add(DriftState.of(bytes)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("start without it");
    assertThatThrownBy(() -> monitor.add(DriftState.of(Arrays.copyOf(bytes, bytes.length - 5))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(monitor.snapshot().evidence()).isZero();
  }

  @Test
  void refusesBinsThatAreNotThere() {
    assertThatThrownBy(() -> monitor.observe(new int[] {0, 5}))
        .hasMessageContaining("bin 5 of 5 for size");
    assertThatThrownBy(() -> monitor.observe(new int[] {0})).hasMessageContaining("1 bins for 2");
    assertThat(monitor.snapshot().rows()).isZero();
  }

  @Test
  void aStreamThatIsNotSeenKeepsItsEvidence() {
    play(monitor, 200, 0.3, 11);
    double before = monitor.snapshot().evidence();

    monitor.observe(new int[] {StreamReference.NONE, StreamReference.NONE});

    assertThat(monitor.snapshot().evidence()).isEqualTo(before);
  }

  @Test
  void anUnseenTextIsFoundThroughItsGap() {
    SplittableRandom random = new SplittableRandom(12);
    for (int row = 0; row < 300; row++) {
      String text = random.nextDouble() < 0.05 ? "green" : random.nextBoolean() ? "red" : "blue";
      monitor.observe(
          new int[] {
            ((TextBins) COLOUR).bin(text), ((NumberBins) SIZE).bin(4 * random.nextDouble())
          });
    }
    DriftSnapshot.Cause first = monitor.snapshot().causes().getFirst();
    assertThat(monitor.snapshot().level()).isNotEqualTo(DriftLevel.CALM);
    assertThat(first.stream()).isEqualTo("colour");
    assertThat(first.group()).isEqualTo(DriftGroup.GAPS);
    assertThat(first.shifts().getFirst().bin()).isEqualTo("unseen");
  }

  private static DriftMonitor monitor() {
    return new DriftMonitor(List.of(COLOUR.reference(), SIZE.reference()), SETTINGS);
  }

  /** Sees a small drift until there is so much evidence, and not yet an alarm. */
  private static void playUntil(DriftMonitor monitor, double evidence, long seed) {
    while (monitor.snapshot().evidence() < evidence) {
      play(monitor, 1, 0.2, seed++);
    }
  }

  /** Rows in which so large a share of sizes is in the last bin as well. */
  private static void play(DriftMonitor monitor, int rows, double share, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] bins = new int[2];
    for (int row = 0; row < rows; row++) {
      bins[0] = random.nextDouble() < 0.02 ? COLOUR.reference().missing() : random.nextInt(2);
      bins[1] =
          random.nextDouble() < 0.02
              ? SIZE.reference().missing()
              : random.nextDouble() < share ? 3 : random.nextInt(4);
      monitor.observe(bins);
    }
  }
}
