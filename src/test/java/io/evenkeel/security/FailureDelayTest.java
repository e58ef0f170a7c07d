package io.evenkeel.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FailureDelayTest {
  @Test
  void keepsBackSoManyAndNoMore() throws Exception {
    Duration delay = Duration.ofSeconds(1);
    FailureDelay failures = new FailureDelay(delay);
    AtomicInteger sentAway = new AtomicInteger();
    int callers = 3 * FailureDelay.MOST_WAITING;
    CountDownLatch together = new CountDownLatch(callers);
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        var ignored =
            threads.submit(() -> {
              together.countDown();
              together.await();
              return failures.tryWait() ? 0 : sentAway.incrementAndGet();
            });
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(delay);
    assertThat(sentAway).hasPositiveValue();
    assertThat(failures.tryWait()).as("its places are free again").isTrue();
  }

  @Test
  void keepsNobodyBackWhereThereIsNoDelay() {
    FailureDelay none = new FailureDelay(Duration.ZERO);
    for (int i = 0; i < 10 * FailureDelay.MOST_WAITING; i++) {
      assertThat(none.tryWait()).isTrue();
    }
  }
}
