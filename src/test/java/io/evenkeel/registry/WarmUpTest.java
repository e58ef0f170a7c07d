package io.evenkeel.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static final long MILLI = 1_000_000;

  @Test
  void runsAFastModelForThreeTenthsOfASecond() {
    assertThat(WarmUp.goesOn(100, 299 * MILLI)).isTrue();
    assertThat(WarmUp.goesOn(100, 300 * MILLI)).isFalse();
    assertThat(WarmUp.goesOn(200, 100 * MILLI)).as("often enough").isFalse();
  }

  @Test
  void runsEachSizeOfASlowerModelAFewTimes() {
    assertThat(WarmUp.goesOn(5, 1_499 * MILLI)).isTrue();
    assertThat(WarmUp.goesOn(6, 1_350 * MILLI)).isFalse();
    assertThat(WarmUp.goesOn(2, 1_500 * MILLI)).as("others wait").isFalse();
  }

  @Test
  void runsEachSizeOfTheSlowestTwice() {
    assertThat(WarmUp.goesOn(1, 60_000 * MILLI)).isTrue();
    assertThat(WarmUp.goesOn(2, 60_000 * MILLI)).isFalse();
  }
}
