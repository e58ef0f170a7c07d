package io.evenkeel.monitoring.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReservoirTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Reservoir<Integer> reservoir = new Reservoir<>(100, new SplittableRandom(7), 0);

  private void offer(int count) {
    reservoir.offer(count, i -> i);
  }

  @Test
  void takesAllOfABurst() {
    offer(10_000);

    Reservoir.Look<Integer> look = reservoir.look(SECOND);

    assertThat(look.taken()).hasSize(10_000).doesNotHaveDuplicates();
    assertThat(look.dropped()).isZero();
  }

  @Test
  void takesNoMoreThanTheRateAfterABurst() {
    offer(10_000);
    var ignored = reservoir.look(0);

    offer(50_000);
    assertThat(reservoir.look(SECOND)).isEqualTo(new Reservoir.Look<>(List.of(), 50_000));
    offer(50_000);

    Reservoir.Look<Integer> look = reservoir.look(2 * SECOND);
    assertThat(look.taken()).hasSize(100);
    assertThat(look.dropped()).isEqualTo(49_900);
  }

  @Test
  void savesWhatIsNotUsedUpToABurst() {
    offer(10_000);
    var ignored = reservoir.look(0);
    var nothing = reservoir.look(1_000_000 * SECOND);

    offer(20_000);

    assertThat(nothing.taken()).isEmpty();
    assertThat(reservoir.look(1_000_000 * SECOND).taken()).hasSize(10_000);
  }

  /** Each of the thousand comes with a chance of a tenth: 300 in 3000 rounds, 16 in one sd. */
  @Test
  void givesEachTheSameChance() {
    int[] taken = new int[1_000];
    offer(10_000);
    var ignored = reservoir.look(0);
    var rate = reservoir.look(SECOND);
    for (int round = 2; round < 3_002; round++) {
      offer(1_000);
      Reservoir.Look<Integer> look = reservoir.look(round * SECOND);
      assertThat(look.taken()).hasSize(100);
      look.taken().forEach(item -> taken[item]++);
    }

    assertThat(rate.taken()).isEmpty();
    assertThat(Arrays.stream(taken).boxed())
        .allSatisfy(times -> assertThat(times).isBetween(220, 380));
  }
}
