package io.evenkeel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** With runs of 6 and 80 ms for 1 and 128 rows. */
class RestTest {
  private static final long MILLI = 1_000_000;

  private static final LatencyBudget BUDGET =
      new LatencyBudget(Duration.ofMillis(800), Duration.ofSeconds(2));

  private final Rest rest = rest(6, 80);

  @Test
  void waitsForThoseWhoWereInTheLastRun() {
    rest.after(100, 80 * MILLI, 20, 128, 0);
    assertThat(rest.isOn(1, MILLI)).isTrue();
    assertThat(rest.isOn(119, MILLI)).isTrue();
    assertThat(rest.isOn(120, MILLI)).as("all are back").isFalse();
  }

  /** A row in company takes 80 / 128 = 0.625 ms. */
  @Test
  void waitsForTheLastFewNoLongerThanTheirRowsTake() {
    rest.after(128, 80 * MILLI, 0, 128, 0);
    assertThat(rest.isOn(125, 2 * MILLI)).as("these are more than a few").isTrue();
    assertThat(rest.nanosLeft(126, 3 * MILLI)).isEqualTo(1_250_000);
    assertThat(rest.nanosLeft(127, 4 * MILLI)).isEqualTo(250_000);
    assertThat(rest.isOn(127, 4 * MILLI + 250_000)).isFalse();
  }

  @Test
  void takesNoLongerThanTwoRunsOfOne() {
    rest.after(128, 160 * MILLI, 0, 128, 0);
    assertThat(rest.isOn(1, 12 * MILLI - 1)).isTrue();
    assertThat(rest.isOn(1, 12 * MILLI)).isFalse();
  }

  @Test
  void takesNoLongerThanAQuarterOfTheRunBefore() {
    rest.after(40, 24 * MILLI, 0, 128, 0);
    assertThat(rest.isOn(1, 6 * MILLI - 1)).isTrue();
    assertThat(rest.isOn(1, 6 * MILLI)).isFalse();
  }

  @Test
  void gathersTwoCrowdsWhereOneRunIsCheaperThanTwo() {
    Rest padded = new Rest(new ServiceTimes(new int[] {1, 64, 128}, millis(6, 24, 40), 0), BUDGET);
    padded.after(64, 24 * MILLI, 64, 128, 0);
    assertThat(padded.isOn(64, 6 * MILLI - 1)).isTrue();
    assertThat(padded.isOn(128, 1)).isFalse();
  }

  @Test
  void takesNoLongerThanItCouldSave() {
    Rest padded = new Rest(new ServiceTimes(new int[] {1, 64, 128}, millis(6, 24, 45), 0), BUDGET);
    padded.after(64, 32 * MILLI, 64, 128, 0);
    assertThat(padded.isOn(64, 3 * MILLI - 1)).isTrue();
    assertThat(padded.isOn(64, 3 * MILLI)).isFalse();
  }

  @Test
  void isNotGivenUpInTheMiddleOfACrowd() {
    ServiceTimes times = new ServiceTimes(new int[] {1, 2, 64, 128}, millis(6, 6, 24, 40), 0);
    Rest padded = new Rest(times, BUDGET);
    padded.after(126, 40 * MILLI, 2, 128, 0);
    assertThat(padded.isOn(2, 6 * MILLI)).as("the two alone could have been run by now").isFalse();
    assertThat(padded.isOn(64, 8 * MILLI - 1)).isTrue();
    assertThat(padded.nanosLeft(64, 7 * MILLI)).isEqualTo(MILLI);
    assertThat(padded.isOn(64, 8 * MILLI)).isFalse();
  }

  @Test
  void isLeftOutWhereTheNextRunIsFull() {
    rest.after(64, 80 * MILLI, 64, 64, 0);
    assertThat(rest.isOn(1, 1)).isFalse();
  }

  @Test
  void isLeftOutAfterARunOfOne() {
    rest.after(1, 80 * MILLI, 0, 128, 0);
    assertThat(rest.isOn(1, 1)).isFalse();
  }

  @Test
  void isLeftOutWhereRowsAreNoCheaperInCompany() {
    Rest dear = rest(6, 128 * 5);
    dear.after(128, 128 * 5 * MILLI, 0, 128, 0);
    assertThat(dear.isOn(1, 1)).isFalse();
  }

  @Test
  void isLeftOutWhereRunsAreShort() {
    rest.after(128, 7 * MILLI, 0, 128, 0);
    assertThat(rest.isOn(1, 1)).isFalse();
  }

  @Test
  void endsWithTheNextRun() {
    rest.after(128, 80 * MILLI, 0, 128, 0);
    rest.after(1, 6 * MILLI, 0, 128, MILLI);
    assertThat(rest.isOn(1, MILLI)).isFalse();
  }

  @Test
  void takesNoLongerThanASixteenthOfTheBudget() {
    LatencyBudget tight = new LatencyBudget(Duration.ofMillis(48), Duration.ofSeconds(2));
    Rest hurried = new Rest(new ServiceTimes(new int[] {1, 128}, millis(6, 80), 0), tight);
    hurried.after(128, 80 * MILLI, 0, 128, 0);
    assertThat(hurried.isOn(1, 3 * MILLI - 1)).isTrue();
    assertThat(hurried.isOn(1, 3 * MILLI)).isFalse();
  }

  @Test
  void isTriedLessAndLessOftenWhereItIsInVain() {
    List<Integer> tried = new ArrayList<>();
    for (int run = 0; run < 200; run++) {
      rest.after(100, 80 * MILLI, 10, 128, 0);
      if (rest.isOn(10, 1)) {
        tried.add(run);
        rest.after(50, 40 * MILLI, 0, 1, 0);
      }
    }
    assertThat(tried).containsExactly(0, 1, 3, 7, 15, 31, 63, 127, 191);
  }

  @Test
  void isTriedEachTimeAgainOnceItWasWorthwhile() {
    rest.after(100, 80 * MILLI, 10, 128, 0);
    rest.after(59, 40 * MILLI, 10, 128, 0);
    assertThat(rest.isOn(10, 1)).as("half of them didn't come").isFalse();
    rest.after(100, 80 * MILLI, 10, 128, 0);
    rest.after(110, 80 * MILLI, 10, 128, 0);
    assertThat(rest.isOn(10, 1)).isTrue();
  }

  private static Rest rest(long oneMillis, long allMillis) {
    return new Rest(new ServiceTimes(new int[] {1, 128}, millis(oneMillis, allMillis), 0), BUDGET);
  }

  private static long[] millis(long... millis) {
    return LongStream.of(millis).map(one -> one * MILLI).toArray();
  }
}
