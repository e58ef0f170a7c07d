package io.evenkeel.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.monitoring.drift.FalseAlarms.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whether drift keeps its promise: rows to a false alarm, and rows until drift is found. Seeds are
 * fixed. With {@code -Devenkeel.leftOut=none} all cells are played with more runs (a quarter of an
 * hour), and docs/drift.md gets its tables and pictures.
 */
class DriftSimulationTest {
  private static final Path PAGE = Path.of("docs/drift.md");

  @ParameterizedTest
  @CsvSource({
    "INDEPENDENT, 1, 1000, 5000, 60, 3",
    "INDEPENDENT, 1, 5000, 5000, 60, 3",
    "INDEPENDENT, 1, 20000, 5000, 60, 3",
    "TIES, 1, 1000, 5000, 60, 3",
    "TIES, 1, 5000, 5000, 60, 3",
    "TIES, 1, 20000, 5000, 60, 3",
    "INDEPENDENT, 20, 1000, 5000, 12, 2",
    "INDEPENDENT, 20, 20000, 5000, 12, 2",
    "DEPENDENT, 20, 1000, 5000, 12, 2",
    "DEPENDENT, 20, 20000, 5000, 12, 2",
    "TIES, 20, 1000, 5000, 12, 2",
    "TIES, 20, 20000, 5000, 12, 2",
    "INDEPENDENT, 200, 1000, 5000, 2, 2",
    "DEPENDENT, 200, 1000, 5000, 2, 2",
    "TIES, 200, 1000, 5000, 2, 2",
    "INDEPENDENT, 1, 20000, 50000, 12, 2",
    "TIES, 1, 20000, 50000, 12, 2",
  })
  void falseAlarmsAreAsRareAsConfigured(
      Kind kind, int features, int reference, double alarm, int runs, int most) {
    FalseAlarms.Result result =
        new FalseAlarms(kind, features, reference, alarm, runs, most).play();

    assertThat(result.keepsThePromise()).as(result.toString()).isTrue();
  }

  @Test
  void aReferenceThatClaimsMoreRowsThanItHasBreaksThePromise() {
    double total = 0;
    int runs = 60;
    for (int run = 0; run < runs; run++) {
      SplittableRandom random = new SplittableRandom(run);
      Binning binning = Column.NORMAL.learn("x", 1000, random);
      DriftMonitor monitor =
          new DriftMonitor(
              List.of(claiming(1000, binning.reference())),
              DriftSettings.standard().withThresholds(5000, 5e6));
      int[] bins = new int[1];
      int rows = 0;
      DriftLevel level = DriftLevel.CALM;
      while (level == DriftLevel.CALM && rows < 15_000) {
        bins[0] = Column.bin(binning, Column.NORMAL.draw(random));
        level = monitor.observe(bins);
        rows++;
      }
      total += rows;
    }
    assertThat(total / runs).as("so the simulation would notice").isLessThan(4000);
  }

  private static StreamReference claiming(long times, StreamReference reference) {
    long[] counts = new long[reference.size()];
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] = times * reference.count(bin);
    }
    return StreamReference.of(
        "x", DriftGroup.INPUTS, StreamReference.Order.ORDERED, reference.bins(), counts);
  }

  @ParameterizedTest
  @EnumSource(Delays.Drift.class)
  void driftIsFoundInTimeAndBlamedOnTheRightFeature(Delays.Drift drift) {
    Delays.Result result = new Delays(drift, 5000, 0, 1e6, 50).play();

    assertThat(result.median()).as(result.toString()).isLessThanOrEqualTo(drift.atMost);
    assertThat(result.attributed()).as(result.toString()).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void driftThatBeginsLaterIsFoundAsSoon() {
    Delays.Result result = new Delays(Delays.Drift.HALF, 5000, 1000, 1e6, 50).play();

    assertThat(result.median()).as(result.toString()).isLessThanOrEqualTo(Delays.Drift.HALF.atMost);
    assertThat(result.startError()).as(result.toString()).isLessThan(40);
  }

  @Test
  @Tag("page")
  void writesThePage() throws IOException {
    List<FalseAlarms.Result> alarms = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (int features : new int[] {1, 20, 200}) {
        for (int reference : new int[] {1000, 5000, 20_000}) {
          if (kind == Kind.DEPENDENT && features == 1) {
            continue;
          }
          int runs = features == 1 ? 100 : features == 20 ? 40 : 10;
          alarms.add(new FalseAlarms(kind, features, reference, 5000, runs, 3).play());
          int fewer = features == 1 ? 40 : features == 20 ? 16 : 10;
          alarms.add(new FalseAlarms(kind, features, reference, 50_000, fewer, 2).play());
        }
      }
    }
    List<Delays.Result> delays = new ArrayList<>();
    for (Delays.Drift drift : Delays.Drift.values()) {
      for (int reference : new int[] {426, 5000, 24_000}) {
        delays.add(new Delays(drift, reference, 0, 1e6, 100).play());
      }
      delays.add(new Delays(drift, 5000, 2000, 1e6, 100).play());
    }
    Files.writeString(PAGE, DriftReport.page(Files.readString(PAGE), alarms, delays));
    Files.writeString(Path.of("docs/drift-false-alarms.svg"), DriftReport.alarmPicture(alarms));
    Files.writeString(
        Path.of("docs/drift-delays.svg"),
        DriftReport.delayPicture(
            delays.stream().filter(result -> result.of().before() == 0).toList()));
    assertThat(alarms).allMatch(FalseAlarms.Result::keepsThePromise);
  }
}
