package io.evenkeel.monitoring.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * In virtual time: what is counted is written by hand, and the clock goes when the test says so.
 */
class SloWatchTest {
  private static final long MILLI = 1_000_000;
  private static final Objective SINGLES =
      new Objective(
          "singles",
          "single",
          null,
          Percent.valueOf("99%"),
          new Objective.Latency(Percent.valueOf("90%"), Duration.ofMillis(25)),
          null,
          Duration.ofDays(28),
          "lending",
          Objective.Severity.PAGE);

  private final Map<String, long[]> counts = new LinkedHashMap<>();
  private long nanos = 1_000_000_007;
  private final SloWatch watch = watch(Set.of("failed", "expired", "shed"));

  private SloWatch watch(Set<String> bad) {
    SloWatch made =
        new SloWatch(
            new SloProperties(List.of(SINGLES), bad),
            this::series,
            () -> nanos,
            Instant.parse("2026-11-26T00:00:00Z"));
    made.know("m");
    return made;
  }

  /** Half of them take 10 ms, as the buckets have it, and half 50 ms. */
  private List<RequestSeries> series() {
    List<RequestSeries> all = new ArrayList<>();
    counts.forEach((outcome, found) ->
        all.add(
            new RequestSeries(
                "single",
                "m",
                "1",
                outcome,
                new Latencies(
                    new long[] {10 * MILLI, 25 * MILLI, 50 * MILLI},
                    new long[] {found[0] / 2, found[0] / 2, found[0], found[0]}))));
    return all;
  }

  private void count(String outcome, long requests) {
    counts.computeIfAbsent(outcome, ignored -> new long[1])[0] += requests;
  }

  /** Lets time go by in the steps of the watch. */
  private void pass(Duration time, Map<String, Integer> perStep) {
    long steps = time.dividedBy(SloWatch.EVERY);
    for (long i = 0; i < steps; i++) {
      nanos += SloWatch.EVERY.toNanos();
      perStep.forEach(this::count);
      watch.look();
    }
  }

  private SloReport.Line line(String indicator) {
    return watch.report().objectives().stream()
        .filter(found -> found.model().equals("m") && found.indicator().equals(indicator))
        .findFirst()
        .orElseThrow();
  }

  private static SloReport.Burn burn(SloReport.Line line, Duration window) {
    return line.burn().stream()
        .filter(found -> found.window().equals(window))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void callersMistakesAreNoFailures() {
    count("invalid", 1000);
    count("abandoned", 1000);
    count("unroutable", 1000);
    count("served", 99);
    count("failed", 1);
    SloReport.Line line = line("availability");
    assertThat(line.budget().requests()).isEqualTo(100);
    assertThat(line.budget().bad()).isEqualTo(1);
    assertThat(line.budget().left()).as("1 of 100 may fail").isCloseTo(0, within(1e-9));
  }

  @Test
  void degradedAnswersAreBadOnlyWhereThatIsSaid() {
    count("degraded", 10);
    assertThat(line("availability").budget().bad()).isZero();

    SloWatch strict = watch(Set.of("degraded"));
    SloReport.Line line = strict.report().objectives().get(2);
    assertThat(line.indicator()).isEqualTo("availability");
    assertThat(line.model()).isEqualTo("m");
    assertThat(line.budget().bad()).isEqualTo(10);
  }

  @Test
  void answersSlowerThanTheThresholdUseUpTheLatencyBudget() {
    count("served", 100);
    count("shed", 900);
    SloReport.Line line = line("latency");
    assertThat(line.budget().requests()).as("what was shed is no answer").isEqualTo(100);
    assertThat(line.budget().bad()).isEqualTo(50);
    assertThat(line.budget().left()).as("10 of 100 may be slow").isCloseTo(-4, within(1e-9));
    assertThat(line.threshold()).isEqualTo(Duration.ofMillis(25));
  }

  @Test
  void theBurnRateIsTheBadShareInUnitsOfTheAllowedOne() {
    pass(Duration.ofHours(2), Map.of("served", 95, "failed", 5));
    SloReport.Line line = line("availability");
    assertThat(line.burn())
        .allSatisfy(found -> assertThat(found.rate()).isCloseTo(5, within(0.01)));
    assertThat(burn(line, Duration.ofHours(6)).seen())
        .as("no further than the process")
        .isEqualTo(Duration.ofHours(2));
    assertThat(line.alarm()).as("below 6, and above 1").isEqualTo(SloReport.Alarm.SLOW);
  }

  @Test
  void aFastBurnIsOverWhenTheShortWindowSaysSo() {
    pass(Duration.ofMinutes(30), Map.of("served", 70, "failed", 30));
    assertThat(line("availability").alarm()).isEqualTo(SloReport.Alarm.FAST);

    pass(Duration.ofMinutes(6), Map.of("served", 100));
    SloReport.Line line = line("availability");
    assertThat(burn(line, Duration.ofMinutes(5)).rate()).isZero();
    assertThat(burn(line, Duration.ofHours(1)).rate()).isGreaterThan(14.4);
    pass(Duration.ofMinutes(30), Map.of("served", 100));
    assertThat(line("availability").alarm()).isNotEqualTo(SloReport.Alarm.FAST);
  }

  @Test
  void aHandfulOfFailuresIsAnAccident() {
    pass(Duration.ofMinutes(5), Map.of());
    count("failed", 4);
    assertThat(line("availability").alarm()).isEqualTo(SloReport.Alarm.NONE);
    count("failed", 1);
    assertThat(line("availability").alarm()).isEqualTo(SloReport.Alarm.FAST);
  }

  @Test
  void theBudgetForgetsWhatIsOlderThanItsWindow() {
    count("failed", 100);
    watch.look();
    nanos += Duration.ofDays(29).toNanos();
    watch.look();
    nanos += Duration.ofDays(29).toNanos();
    SloReport.Line line = line("availability");
    assertThat(line.budget().bad()).isZero();
    assertThat(line.budget().left()).isEqualTo(1);
  }

  @Test
  void showsEachVersionsLastMinutes() {
    pass(Duration.ofHours(1), Map.of("failed", 7));
    pass(Duration.ofMinutes(5), Map.of("served", 80, "degraded", 10, "shed", 10, "invalid", 25));
    SloReport.Traffic traffic = watch.report().versions().getFirst();
    assertThat(traffic.version()).isEqualTo("1");
    SloReport.Window minutes = traffic.windows().getFirst();
    assertThat(minutes.window()).isEqualTo(Duration.ofMinutes(5));
    assertThat(minutes.requests()).isEqualTo(60 * 125);
    assertThat(minutes.perSecond()).isEqualTo(25);
    assertThat(minutes.errorRate()).isEqualTo(0.1);
    assertThat(minutes.degradedRate()).isCloseTo(1 / 9.0, within(1e-9));
    assertThat(minutes.p50Millis()).isEqualTo(10.0);
    assertThat(minutes.p95Millis())
        .as("90 % of the bucket from 25 to 50")
        .isCloseTo(47.5, within(1e-6));
    assertThat(traffic.windows().getLast().errorRate()).isGreaterThan(0.1);
  }

  @Test
  void eachModelIsCountedOnItsOwnAndSoIsWhatWasRoutedNowhere() {
    List<String> told = new ArrayList<>();
    watch.forEach(counted -> told.add(counted.model() + " " + counted.indicator().kind().label()));
    watch.know("later");
    watch.know("later");
    assertThat(told)
        .containsExactly(
            " availability",
            " latency",
            "m availability",
            "m latency",
            "later availability",
            "later latency");
  }

  @Test
  void aScrapeReadsTheCountsOnce() {
    int[] reads = new int[1];
    SloWatch counting =
        new SloWatch(
            new SloProperties(List.of(SINGLES), Set.of("failed")),
            () -> {
              reads[0]++;
              return series();
            },
            () -> nanos,
            Instant.EPOCH);
    counting.know("m");
    count("served", 10);
    List<Tally> totals = new ArrayList<>();
    counting.forEach(counted -> totals.add(counting.total(counted)));
    assertThat(totals).containsExactly(Tally.NONE, Tally.NONE, new Tally(10, 0), new Tally(10, 5));
    assertThat(reads[0]).isEqualTo(1);
    nanos += Duration.ofSeconds(1).toNanos();
    count("served", 10);
    List<Tally> later = new ArrayList<>();
    counting.forEach(counted -> later.add(counting.total(counted)));
    assertThat(later).last().isEqualTo(new Tally(20, 10));
  }
}
