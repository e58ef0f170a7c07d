package io.evenkeel.monitoring;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A count over sliding windows, in constant memory: a ring of buckets of five minutes that reaches
 * back 25 hours. Thread-safe; nobody waits for a lock. Where many threads count at once, stripes
 * keep them out of each other's way.
 *
 * <p>Time comes in ticks, one for each bucket. A cell holds its tick and its count in one number,
 * so that an old bucket is replaced and counted in one step.
 */
final class WindowedCount {
  /** One hour, the bucket that isn't over yet included. */
  static final int HOUR = 12;

  static final int DAY = 24 * HOUR;

  private static final int BUCKETS = DAY + HOUR;
  private static final long TICK_MILLIS = Duration.ofHours(1).toMillis() / HOUR;

  /** The count; the bits above it hold the tick, which lasts until the year 2129. */
  private static final int COUNT_BITS = 40;

  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

  private final int stripes;
  private final AtomicLongArray cells;

  /**
   * @param stripes a power of two
   */
  WindowedCount(int stripes) {
    if (Integer.bitCount(stripes) != 1) {
      throw new IllegalArgumentException("stripes: " + stripes);
    }
    this.stripes = stripes;
    this.cells = new AtomicLongArray(stripes * BUCKETS);
  }

  /** The tick of a moment, in milliseconds since 1970. */
  static long tick(long epochMillis) {
    return epochMillis / TICK_MILLIS;
  }

  void add(long tick, int count) {
    int stripe = (int) Thread.currentThread().threadId() & (stripes - 1);
    int cell = stripe * BUCKETS + (int) (tick % BUCKETS);
    while (true) {
      long seen = cells.get(cell);
      long at = seen >>> COUNT_BITS;
      if (at > tick) {
        // The clock was set back by more than a day; what it says now would count as old.
        return;
      }
      long next = at == tick ? seen + count : (tick << COUNT_BITS) | count;
      if (cells.compareAndSet(cell, seen, next)) {
        return;
      }
    }
  }

  /**
   * The count of some buckets.
   *
   * @param last the newest of them, at most {@link #HOUR} before the present one
   * @param buckets how many, at most {@link #DAY}
   */
  long sum(long last, int buckets) {
    long sum = 0;
    for (long tick = last; tick > last - buckets; tick--) {
      int bucket = (int) (tick % BUCKETS);
      for (int stripe = 0; stripe < stripes; stripe++) {
        long found = cells.get(stripe * BUCKETS + bucket);
        if (found >>> COUNT_BITS == tick) {
          sum += found & COUNT_MASK;
        }
      }
    }
    return sum;
  }
}
