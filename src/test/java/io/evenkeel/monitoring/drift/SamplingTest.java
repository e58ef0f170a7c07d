package io.evenkeel.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SamplingTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aCallerHasABurstAndThenOneRowAnInterval() {
    CallerThinning thinning = new CallerThinning(Duration.ofSeconds(1), 5, 1024, -SECOND);

    assertThat(kept(thinning, 7, 100, 0)).isEqualTo(5);
    assertThat(kept(thinning, 7, 100, 2 * SECOND)).isEqualTo(2);
    assertThat(kept(thinning, 7, 100, 100 * SECOND)).isEqualTo(5);
    assertThat(thinning.dropped()).isEqualTo(288);
  }

  @Test
  void aBurstOfOneLeavesOthersAlone() {
    CallerThinning thinning = new CallerThinning(Duration.ofSeconds(1), 5, 1024, 0);
    kept(thinning, 7, 1000, 0);

    int others = 0;
    for (int caller = 100; caller < 200; caller++) {
      others += kept(thinning, caller, 1, 0);
    }
    assertThat(others).isGreaterThan(95);
  }

  @Test
  void aSampleHoldsItsShareAndTheSameIdsEachTime() {
    RequestSample tenth = new RequestSample(0.1);
    RequestSample third = new RequestSample(0.3);
    int held = 0;
    for (int i = 0; i < 100_000; i++) {
      String id = "01a20f25-f3d4-79b6-8898-" + i;
      if (tenth.holds(id)) {
        held++;
        assertThat(third.holds(id)).isTrue();
      }
    }
    assertThat(held).isBetween(9_700, 10_300);
    assertThat(new RequestSample(1).holds("any")).isTrue();
    assertThat(new RequestSample(0).holds("any")).isFalse();
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> new RequestSample(1.5)).hasMessageContaining("share: 1.5");
    assertThatThrownBy(() -> new CallerThinning(Duration.ofSeconds(1), 5, 1000, 0))
        .hasMessageContaining("places 1000");
  }

  private static int kept(CallerThinning thinning, long caller, int rows, long now) {
    int kept = 0;
    for (int row = 0; row < rows; row++) {
      kept += thinning.keeps(caller, now) ? 1 : 0;
    }
    return kept;
  }
}
