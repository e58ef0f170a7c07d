package io.evenkeel.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class PaceTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Pace pace =
      new Pace(Duration.ofSeconds(10), Duration.ofSeconds(20), DataSize.ofKilobytes(1));

  @Test
  void aBodyMayTakeItsTimeoutAndWhatItsBytesTakeAtTheLeastRate() {
    assertThat(pace.isBodyTooSlow(20 * SECOND, 0)).isFalse();
    assertThat(pace.isBodyTooSlow(21 * SECOND, 0)).isTrue();
    assertThat(pace.isBodyTooSlow(30 * SECOND, 10 * 1024)).isFalse();
    assertThat(pace.isBodyTooSlow(31 * SECOND, 10 * 1024)).isTrue();
  }

  @Test
  void connectionsThatCameTogetherArentClosedTogether() {
    RandomGenerator random = new SplittableRandom(7);
    for (int i = 0; i < 100; i++) {
      Pace own = pace.forOneConnection(random);
      assertThat(own.isHeadTooSlow(10 * SECOND)).isFalse();
      assertThat(own.isHeadTooSlow(15 * SECOND)).isTrue();
      assertThat(own.isBodyTooSlow(20 * SECOND, 0)).isFalse();
      assertThat(own.isBodyTooSlow(30 * SECOND, 0)).isTrue();
    }
    int[] closedInSecond = new int[5];
    for (int i = 0; i < 1000; i++) {
      Pace own = pace.forOneConnection(random);
      int second = 10;
      while (!own.isHeadTooSlow((second + 1) * SECOND)) {
        second++;
      }
      closedInSecond[second - 10]++;
    }
    assertThat(Arrays.stream(closedInSecond)).as("of 1000").allMatch(n -> n > 150 && n < 250);
  }
}
