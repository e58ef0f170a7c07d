package io.evenkeel.monitoring.slo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WindowRingTest {
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final long STEP = WINDOW.dividedBy(WindowRing.CELLS).toNanos();

  private final WindowRing ring = new WindowRing(WINDOW, 1);

  private static long[] counts(long count) {
    return new long[] {count};
  }

  @Test
  void reachesBackToTheStartWhileTheProcessIsYoung() {
    ring.sample(STEP, counts(3));
    WindowRing.Rise rise = ring.rise(2 * STEP, counts(7));
    assertThat(rise.rises()).containsExactly(7);
    assertThat(rise.spanNanos()).isEqualTo(2 * STEP);
  }

  @Test
  void forgetsWhatIsOlderThanTheWindow() {
    for (int i = 1; i <= 1000; i++) {
      ring.sample(i * STEP, counts(i));
    }
    WindowRing.Rise rise = ring.rise(1000 * STEP, counts(1000));
    assertThat(rise.rises()).containsExactly(WindowRing.CELLS);
    assertThat(rise.spanNanos()).isEqualTo(WINDOW.toNanos());
  }

  @Test
  void isAtMostASixtiethTooLong() {
    for (int i = 1; i <= 200; i++) {
      ring.sample(i * STEP, counts(i));
    }
    WindowRing.Rise rise = ring.rise(200 * STEP + STEP / 2, counts(200));
    assertThat(rise.spanNanos()).isBetween(WINDOW.toNanos(), WINDOW.toNanos() + STEP);
  }

  @Test
  void keepsNoMoreSamplesThanItNeedsHoweverOftenItIsAsked() {
    for (int i = 1; i <= 100_000; i++) {
      ring.sample(i * STEP / 100, counts(i));
    }
    WindowRing.Rise rise = ring.rise(1000 * STEP, counts(100_000));
    assertThat(rise.rises()[0]).isBetween(6000L, 6100L);
  }

  @Test
  void fallsBackToTheOldestSampleWhereNobodyHasLookedForLong() {
    for (int i = 1; i <= 200; i++) {
      ring.sample(i * STEP, counts(i));
    }
    WindowRing.Rise rise = ring.rise(10_000 * STEP, counts(500));
    assertThat(rise.rises()).containsExactly(300);
    assertThat(rise.spanNanos()).isEqualTo(9_800 * STEP);
  }
}
