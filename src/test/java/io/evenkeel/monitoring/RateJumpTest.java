package io.evenkeel.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateJumpTest {
  private static final int LOOKS = 20_000;
  private static final int HOURS_BEFORE = 24;

  @Test
  void computesZAsByHand() {
    // p1 = 0.03, p0 = 0.01, p = 270/25000; sqrt(0.0108 * 0.9892 * (1/1000 + 1/24000)) = 0.0033359
    assertThat(new RateJump(30, 1000, 240, 24_000).z()).isEqualTo(5.9953, within(0.0005));
    assertThat(new RateJump(30, 1000, 240, 24_000).isJump()).isTrue();
  }

  @Test
  void needsMoreThanAFewRows() {
    assertThat(new RateJump(9, 1000, 0, 24_000).isJump()).isFalse();
    assertThat(new RateJump(10, 1000, 0, 24_000).isJump()).isTrue();
  }

  @Test
  void needsADifferenceThatMatters() {
    RateJump significant = new RateJump(130_000, 1_000_000, 2_400_000, 24_000_000);
    assertThat(significant.z()).isGreaterThan(80);
    assertThat(significant.isJump()).isFalse();
    assertThat(new RateJump(150_000, 1_000_000, 2_400_000, 24_000_000).isJump()).isTrue();
  }

  @Test
  void saysNothingWhereThereIsNothingToCompare() {
    assertThat(new RateJump(500, 500, 0, 0).isJump()).isFalse();
    assertThat(new RateJump(0, 0, 500, 500).isJump()).isFalse();
    assertThat(new RateJump(500, 500, 500, 500).isJump()).isFalse();
    assertThat(new RateJump(0, 500, 0, 500).isJump()).isFalse();
  }

  @Test
  void aRateThatFallsIsNoJump() {
    assertThat(new RateJump(10, 1000, 2400, 24_000).isJump()).isFalse();
  }

  /** The rate, and how many rows an hour has. Independent rows, whose rate doesn't change. */
  @ParameterizedTest
  @CsvSource({
    "0.0005, 1000",
    "0.0005, 20000",
    "0.001, 3000",
    "0.003, 1000",
    "0.005, 1000",
    "0.01, 200",
    "0.01, 5000",
    "0.05, 1000",
    "0.3, 100",
    "0.3, 5000"
  })
  void isFalseInLessThanOneOfAThousandLooks(double rate, int rowsInAnHour) {
    SplittableRandom random = new SplittableRandom(4711);
    int jumps = 0;
    for (int look = 0; look < LOOKS; look++) {
      long before = (long) HOURS_BEFORE * rowsInAnHour;
      RateJump jump =
          new RateJump(
              binomial(rowsInAnHour, rate, random),
              rowsInAnHour,
              binomial(before, rate, random),
              before);
      jumps += jump.isJump() ? 1 : 0;
    }
    assertThat(jumps).isLessThan(LOOKS / 1000);
  }

  /** Twice to five times the rate, with enough rows that it shows. */
  @ParameterizedTest
  @CsvSource({"0.001, 0.005, 10000", "0.01, 0.04, 1000", "0.05, 0.1, 1000"})
  void findsARateThatHasRisen(double before, double now, int rowsInAnHour) {
    SplittableRandom random = new SplittableRandom(4711);
    int jumps = 0;
    for (int look = 0; look < 1000; look++) {
      long rowsBefore = (long) HOURS_BEFORE * rowsInAnHour;
      RateJump jump =
          new RateJump(
              binomial(rowsInAnHour, now, random),
              rowsInAnHour,
              binomial(rowsBefore, before, random),
              rowsBefore);
      jumps += jump.isJump() ? 1 : 0;
    }
    assertThat(jumps).isGreaterThan(900);
  }

  /** By the gaps between successes where they are few, else by the normal distribution. */
  private static long binomial(long trials, double rate, SplittableRandom random) {
    double mean = trials * rate;
    if (mean > 500) {
      double spread = Math.sqrt(mean * (1 - rate));
      return Math.clamp(Math.round(mean + spread * random.nextGaussian()), 0, trials);
    }
    long successes = 0;
    long at = 0;
    while (true) {
      double gap = Math.floor(Math.log(1 - random.nextDouble()) / Math.log1p(-rate)) + 1;
      at += (long) gap;
      if (at > trials) {
        return successes;
      }
      successes++;
    }
  }
}
