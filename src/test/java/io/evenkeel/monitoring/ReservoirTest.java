package io.evenkeel.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReservoirTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Reservoir<Integer> reservoir =
      new Reservoir<>(100, 10_000, new SplittableRandom(7), 0);

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

  /** Four threads, looks in between: nothing is lost, nothing counts twice. */
  @Test
  void countsEachItemOnceUnderConcurrentOffers() throws InterruptedException {
    AtomicInteger running = new AtomicInteger(4);
    List<Thread> offering = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      offering.add(
          Thread.startVirtualThread(() -> {
            for (int i = 0; i < 50_000; i++) {
              offer(3);
            }
            running.decrementAndGet();
          }));
    }
    long taken = 0;
    long dropped = 0;
    for (long looks = 1; running.get() > 0; looks++) {
      Reservoir.Look<Integer> look = reservoir.look(looks * SECOND / 10);
      taken += look.taken().size();
      dropped += look.dropped();
    }
    for (Thread thread : offering) {
      thread.join();
    }
    Reservoir.Look<Integer> last = reservoir.look(Long.MAX_VALUE / 2);

    assertThat(taken + last.taken().size() + dropped + last.dropped()).isEqualTo(4 * 50_000 * 3L);
  }
}
