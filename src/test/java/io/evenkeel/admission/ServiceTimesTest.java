package io.evenkeel.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ServiceTimesTest {
  private static final long MILLI = 1_000_000;

  private final ServiceTimes times =
      new ServiceTimes(new int[] {1, 8, 32}, new long[] {MILLI, 2 * MILLI, 4 * MILLI});
  private long now = System.nanoTime();

  @Test
  void knowsWhatTheWarmUpMeasured() {
    assertThat(times.typicalNanos(1, now)).isEqualTo(MILLI);
    assertThat(times.typicalNanos(8, now)).isEqualTo(2 * MILLI);
    assertThat(times.largest()).isEqualTo(32);
    assertThat(times.cheapestRowNanos(now)).isEqualTo(MILLI / 8);
  }

  @Test
  void takesTheTimeOfTheSizeARunIsPaddedTo() {
    assertThat(times.typicalNanos(5, now)).isEqualTo(2 * MILLI);
    assertThat(times.typicalNanos(9, now)).isEqualTo(4 * MILLI);
    assertThat(times.typicalNanos(100, now)).isEqualTo(4 * MILLI);
  }

  @Test
  void learnsThatTheMachineHasTurnedSlow() {
    for (int i = 0; i < 40; i++) {
      observe(8, 20 * MILLI);
    }
    assertThat(times.typicalNanos(8, now)).isCloseTo(20 * MILLI, Percentage.withPercentage(10));
    assertThat(times.typicalNanos(32, now))
        .as("another size, which wasn't run")
        .isGreaterThan(30 * MILLI);
  }

  @Test
  void aSingleOutlierLeavesNoTrace() {
    observe(8, 2 * MILLI);
    observe(8, 5000 * MILLI);
    observe(8, 2 * MILLI);
    assertThat(times.typicalNanos(8, now)).isCloseTo(2 * MILLI, Percentage.withPercentage(3));
    assertThat(times.upperNanos(8, now)).isLessThan(4 * MILLI);
  }

  @Test
  void forgetsSlownessItDoesNotSeeAgain() {
    for (int i = 0; i < 100; i++) {
      observe(1, 100 * MILLI);
    }
    assertThat(times.typicalNanos(1, now)).isGreaterThan(50 * MILLI);
    now += 10_000 * MILLI;
    assertThat(times.typicalNanos(1, now)).isLessThan(3 * MILLI);
  }

  @Test
  void learnsFromRunsThatWereEndedOnlyIfTheyHadTakenLong() {
    for (int i = 0; i < 100; i++) {
      now += MILLI;
      times.observeAtLeast(8, MILLI / 10, now);
    }
    assertThat(times.typicalNanos(8, now)).isEqualTo(2 * MILLI);
    for (int i = 0; i < 100; i++) {
      now += 50 * MILLI;
      times.observeAtLeast(8, 50 * MILLI, now);
    }
    assertThat(times.upperNanos(8, now)).isGreaterThan(40 * MILLI);
  }

  @Test
  void knowsTheCheapestRowOfTheSizesThatMayBeRun() {
    assertThat(times.cheapestRowNanos(8, now)).isEqualTo(MILLI / 4);
    assertThat(times.cheapestRowNanos(1, now)).isEqualTo(MILLI);
  }

  @Test
  void itsUpperTimeIsRarelyExceeded() {
    Random random = new Random(11);
    int exceeded = 0;
    int runs = 20_000;
    for (int i = 0; i < runs; i++) {
      long nanos = (long) (2 * MILLI * Math.exp(0.2 * random.nextGaussian()));
      if (i >= runs / 2 && nanos > times.upperNanos(8, now)) {
        exceeded++;
      }
      observe(8, nanos);
    }
    assertThat(exceeded / (runs / 2.0)).isCloseTo(0.01, within(0.006));
  }

  @Test
  void staysTrueHoweverLongItRuns() {
    Random random = new Random(12);
    for (int i = 0; i < 3_000_000; i++) {
      boolean interrupted = random.nextInt(20) == 0;
      observe(8, interrupted ? 100 * MILLI : MILLI + random.nextLong(2 * MILLI));
    }
    assertThat(times.typicalNanos(8, now)).isBetween(MILLI, 3 * MILLI);
    assertThat(times.typicalNanos(1, now)).isBetween(MILLI / 2, 2 * MILLI);
  }

  @Test
  void saysHowManyRowsFitATime() {
    assertThat(times.rowsWithin(100 * MILLI, now)).isEqualTo(32);
    assertThat(times.rowsWithin(4 * MILLI, now)).isEqualTo(8);
    assertThat(times.rowsWithin(0, now)).isEqualTo(1);
  }

  private void observe(int rows, long nanos) {
    now += nanos;
    times.observe(rows, nanos, now);
  }
}
