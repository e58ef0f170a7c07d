package io.evenkeel.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.evenkeel.admission.Phases.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Plays the scenarios, and holds docs/simulation.md against what comes of them. */
class LaneSimulationTest {
  private static final Path REPORT = Path.of("docs/simulation.md");
  private static final Path PICTURE = Path.of("docs/simulation.svg");
  private static final String WRITE = "evenkeel.simulation.write";
  private static final int MOST_LINES = 20;

  private static final Map<Scenario, Figures> PLAYED = new LinkedHashMap<>();
  private static List<Sweep.Point> sweep = List.of();

  @BeforeAll
  static void play() {
    Scenarios.ALL.forEach(scenario -> PLAYED.put(scenario, scenario.play()));
    sweep = Sweep.play();
  }

  @Test
  void theReportIsTheCommittedOne() throws IOException {
    Report report = new Report();
    report.addSweep(sweep);
    PLAYED.forEach(report::add);
    requireSame(REPORT, report.toString());
    requireSame(PICTURE, Chart.draw(sweep));
  }

  @Test
  void comesOutTheSameEachTime() {
    Report first = new Report();
    Report second = new Report();
    first.add(Scenarios.PRIORITIES, played(Scenarios.PRIORITIES));
    second.add(Scenarios.PRIORITIES, Scenarios.PRIORITIES.play());
    assertThat(second).hasToString(first.toString());
  }

  @Test
  void atHalfLoadNobodyIsRefusedAndNobodyMisses() {
    Tally during = during(Scenarios.HALF_LOAD);
    assertThat(during.shed()).isZero();
    assertThat(during.missed()).isZero();
  }

  @Test
  void underAnyLoadItDoesWhatItCanAndKeepsItsPromises() {
    for (Sweep.Point point : sweep) {
      String load = "load " + point.load();
      double possible = Math.min(1, point.load());
      Tally during = point.figures().of(Phase.DURING);
      assertThat(point.figures().goodput(Phase.DURING)).as(load).isGreaterThan(0.95 * possible);
      assertThat(during.missedShare()).as(load).isLessThanOrEqualTo(0.001);
    }
  }

  @Test
  void aSpikeCostsNeitherThroughputNorPromisesAndIsSoonOver() {
    assertThat(goodput(Scenarios.SPIKE)).isGreaterThan(0.95);
    assertThat(during(Scenarios.SPIKE).missedShare()).isLessThanOrEqualTo(0.001);
    assertThat(recoveryMillis(Scenarios.SPIKE)).isBetween(0L, 200L);
  }

  @Test
  void aSlowModelIsNoticedBeforePromisesAreBroken() {
    assertThat(during(Scenarios.SLOW_MODEL).missedShare()).isLessThanOrEqualTo(0.001);
    assertThat(goodput(Scenarios.SLOW_MODEL)).isGreaterThan(0.8 * 0.3);
    assertThat(recoveryMillis(Scenarios.SLOW_MODEL)).isBetween(0L, 200L);
  }

  @Test
  void aModelThatNeverAnswersIsHardlyAsked() {
    assertThat(during(Scenarios.BLACK_HOLE).admittedShare()).isLessThan(0.1);
    assertThat(recoveryMillis(Scenarios.BLACK_HOLE)).isBetween(0L, 1000L);
  }

  @Test
  void batchesFillWhatSinglesLeaveAndHarmNone() {
    Figures flood = played(Scenarios.FLOOD);
    Tally singles = flood.of(Scenarios.FLOOD.loads().getFirst());
    Tally batches = flood.of(Scenarios.FLOOD.loads().getLast());
    assertThat(singles.shed()).isZero();
    assertThat(singles.missedShare()).isLessThanOrEqualTo(0.001);
    assertThat(batches.missed()).isZero();
    assertThat(flood.goodput(Phase.DURING)).isGreaterThan(0.9);
  }

  @Test
  void whoMattersLessIsRefusedFirst() {
    List<Load> loads = Scenarios.PRIORITIES.loads();
    Figures figures = played(Scenarios.PRIORITIES);
    Tally critical = figures.of(loads.get(0));
    Tally normal = figures.of(loads.get(1));
    Tally sheddable = figures.of(loads.get(2));
    assertThat(critical.shed()).isZero();
    assertThat(critical.missed() + normal.missed()).isZero();
    assertThat(normal.admittedShare()).isGreaterThan(0.7);
    assertThat(sheddable.admittedShare()).isLessThan(0.05);
    assertThat(figures.goodput(Phase.DURING)).isGreaterThan(0.95);
  }

  @Test
  void runsThatTakeVeryLongHarmNotManyMoreThanTheirOwnRows() {
    Tally during = during(Scenarios.HEAVY_TAIL);
    assertThat(during.missedShare()).isLessThan(0.01);
    assertThat(during.admittedShare()).isGreaterThan(0.95);
  }

  @Test
  void aQuotaIsLearntLikeASlowMachine() {
    assertThat(during(Scenarios.QUOTA).missedShare()).isLessThanOrEqualTo(0.001);
    assertThat(goodput(Scenarios.QUOTA)).isGreaterThan(0.95);
  }

  @Test
  void whoHangsUpTakesLittleFromWhoStays() {
    Tally staying = played(Scenarios.HANG_UPS).of(Scenarios.HANG_UPS.loads().getLast());
    assertThat(staying.missed()).isZero();
    // All runs are full: what isn't good was run for callers who hung up by its end.
    assertThat(goodput(Scenarios.HANG_UPS)).isGreaterThan(0.6);
  }

  @Test
  void refusalsFavourNobody() {
    assertThat(played(Scenarios.LOUD_CALLER).fairness()).isGreaterThan(0.999);
  }

  @Test
  void aCrowdFillsItsRuns() {
    assertThat(goodput(Scenarios.LARGE_CROWD)).isGreaterThan(0.95);
  }

  private static Figures played(Scenario scenario) {
    return Objects.requireNonNull(PLAYED.get(scenario), scenario.name());
  }

  private static Tally during(Scenario scenario) {
    return played(scenario).of(Phase.DURING);
  }

  private static double goodput(Scenario scenario) {
    return played(scenario).goodput(Phase.DURING);
  }

  private static long recoveryMillis(Scenario scenario) {
    return played(scenario).recovery().millis();
  }

  private static void requireSame(Path file, String text) throws IOException {
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(file, text);
      return;
    }
    List<String> committed = Files.exists(file) ? Files.readAllLines(file) : List.of();
    List<String> differences = differences(committed, text.lines().toList());
    if (!differences.isEmpty()) {
      fail(
          "%s isn't what the simulation says now. If that is meant: mvn test -Dtest=%s -D%s=true%n%s",
          file,
          LaneSimulationTest.class.getSimpleName(),
          WRITE,
          String.join("\n", differences.subList(0, Math.min(MOST_LINES, differences.size()))));
    }
  }

  /** Line by line: a change of figures moves no lines. */
  private static List<String> differences(List<String> committed, List<String> now) {
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < Math.max(committed.size(), now.size()); i++) {
      String before = i < committed.size() ? committed.get(i) : "";
      String after = i < now.size() ? now.get(i) : "";
      if (!before.equals(after)) {
        differences.add("line " + (i + 1) + "\n  was " + before + "\n  is  " + after);
      }
    }
    return differences;
  }
}
