package io.evenkeel.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WindowedCountTest {
  private static final long NOW =
      WindowedCount.tick(Instant.parse("2026-11-24T12:00:00Z").toEpochMilli());

  @Test
  void ticksEveryFiveMinutes() {
    Instant noon = Instant.parse("2026-11-24T12:00:00Z");
    assertThat(WindowedCount.tick(noon.plus(Duration.ofSeconds(299)).toEpochMilli()))
        .isEqualTo(NOW);
    assertThat(WindowedCount.tick(noon.plus(Duration.ofMinutes(5)).toEpochMilli()))
        .isEqualTo(NOW + 1);
  }

  @Test
  void countsWindowsAsALedgerDoes() {
    SplittableRandom random = new SplittableRandom(4711);
    WindowedCount count = new WindowedCount(4);
    TreeMap<Long, Integer> ledger = new TreeMap<>();
    long tick = NOW;
    for (int i = 0; i < 5000; i++) {
      tick += random.nextInt(10) == 0 ? random.nextInt(random.nextInt(400) + 1) : 0;
      int added = random.nextInt(1, 100);
      count.add(tick, added);
      ledger.merge(tick, added, Integer::sum);
      for (int buckets : List.of(1, WindowedCount.HOUR, WindowedCount.DAY)) {
        assertThat(count.sum(tick, buckets)).isEqualTo(sum(ledger, tick, buckets));
      }
      assertThat(count.sum(tick - WindowedCount.HOUR, WindowedCount.DAY))
          .isEqualTo(sum(ledger, tick - WindowedCount.HOUR, WindowedCount.DAY));
    }
  }

  private static long sum(NavigableMap<Long, Integer> ledger, long last, int buckets) {
    return ledger.subMap(last - buckets, false, last, true).values().stream()
        .mapToLong(Integer::longValue)
        .sum();
  }

  @Test
  void losesNothingWhenManyCountAtOnce() throws InterruptedException {
    for (int stripes : List.of(1, 8)) {
      WindowedCount count = new WindowedCount(stripes);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        threads.add(
            Thread.ofVirtual()
                .start(() -> {
                  for (int j = 0; j < 10_000; j++) {
                    count.add(NOW + j % 3, 1);
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(count.sum(NOW + 2, 3)).isEqualTo(80_000);
    }
  }

  @Test
  void passesOverWhatTheClockSaysAfterItWasSetBack() {
    WindowedCount count = new WindowedCount(1);
    count.add(NOW, 5);
    count.add(NOW - 300, 7);
    assertThat(count.sum(NOW, 1)).isEqualTo(5);
  }

  @Test
  void refusesAnOddNumberOfStripes() {
    assertThatIllegalArgumentException().isThrownBy(() -> new WindowedCount(3));
  }
}
