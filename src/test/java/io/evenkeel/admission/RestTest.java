package io.evenkeel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** With runs of 6 and 80 ms for 1 and 128 rows. */
class RestTest {
  private static final long MILLI = 1_000_000;

  private final Rest rest = rest(6, 80);

  @Test
  void waitsForThoseWhoWereInTheLastRun() {
    rest.after(100, 80 * MILLI, 20, 0);
    assertThat(rest.isOn(1, MILLI)).isTrue();
    assertThat(rest.isOn(119, MILLI)).isTrue();
    assertThat(rest.isOn(120, MILLI)).as("all are back").isFalse();
  }

  @Test
  void takesNoLongerThanTwoRunsOfOne() {
    rest.after(128, 160 * MILLI, 0, 0);
    assertThat(rest.isOn(1, 12 * MILLI - 1)).isTrue();
    assertThat(rest.isOn(1, 12 * MILLI)).isFalse();
  }

  @Test
  void takesNoLongerThanAnEighthOfTheRunBefore() {
    rest.after(40, 24 * MILLI, 0, 0);
    assertThat(rest.isOn(1, 3 * MILLI - 1)).isTrue();
    assertThat(rest.isOn(1, 3 * MILLI)).isFalse();
  }

  @Test
  void isLeftOutWhereHalfAsManyWait() {
    rest.after(100, 80 * MILLI, 50, 0);
    assertThat(rest.isOn(50, 1)).isFalse();
  }

  @Test
  void isLeftOutAfterARunOfOne() {
    rest.after(1, 80 * MILLI, 0, 0);
    assertThat(rest.isOn(1, 1)).isFalse();
  }

  @Test
  void isLeftOutWhereRowsAreNoCheaperInCompany() {
    Rest dear = rest(6, 128 * 5);
    dear.after(128, 128 * 5 * MILLI, 0, 0);
    assertThat(dear.isOn(1, 1)).isFalse();
  }

  @Test
  void isLeftOutWhereRunsAreShort() {
    rest.after(128, 15 * MILLI, 0, 0);
    assertThat(rest.isOn(1, 1)).isFalse();
  }

  @Test
  void endsWithTheNextRun() {
    rest.after(128, 80 * MILLI, 0, 0);
    rest.after(1, 6 * MILLI, 0, MILLI);
    assertThat(rest.isOn(1, MILLI)).isFalse();
  }

  private static Rest rest(long oneMillis, long allMillis) {
    return new Rest(
        new ServiceTimes(new int[] {1, 128}, new long[] {oneMillis * MILLI, allMillis * MILLI}, 0));
  }
}
