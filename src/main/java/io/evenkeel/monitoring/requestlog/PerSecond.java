package io.evenkeel.monitoring.requestlog;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** So many a second, and no more. Waits for nobody. Thread-safe. */
final class PerSecond {
  private static final int COUNT_BITS = 31;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

  private final int most;

  /** The second and how many it has had, in one word, so that both change together. */
  private final AtomicLong state = new AtomicLong();

  PerSecond(int most) {
    this.most = most;
  }

  /**
   * Takes one of this second, if there is one left.
   *
   * @param now by {@link System#nanoTime}
   */
  boolean tryTake(long now) {
    // Shifted as unsigned, seconds of any clock fit: only whether they are the same is asked.
    long second = TimeUnit.NANOSECONDS.toSeconds(now) << COUNT_BITS;
    while (true) {
      long seen = state.get();
      boolean sameSecond = (seen & ~COUNT_MASK) == second;
      long used = sameSecond ? seen & COUNT_MASK : 0;
      if (used >= most) {
        return false;
      }
      if (state.compareAndSet(seen, second | (used + 1))) {
        return true;
      }
    }
  }
}
