package io.evenkeel.admission;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** A lane's executors by number: which are idle, and what the others run. Thread-safe. */
final class Slots<T extends Ticket> {
  static final int NONE = -1;

  /** A bit for each executor that is idle. */
  private final AtomicLong idle;

  private final AtomicReferenceArray<@Nullable Run<T>> runs;

  /**
   * Slots that are all idle.
   *
   * @param count at most as many as a long has bits
   */
  Slots(int count) {
    this.idle = new AtomicLong(count == Long.SIZE ? -1L : (1L << count) - 1);
    this.runs = new AtomicReferenceArray<>(count);
  }

  boolean someIdle() {
    return idle.get() != 0;
  }

  /** The number of an executor that was idle and is the caller's now, or {@link #NONE}. */
  int takeIdle() {
    long before = idle.get();
    while (before != 0) {
      long lowest = Long.lowestOneBit(before);
      if (idle.compareAndSet(before, before & ~lowest)) {
        return Long.numberOfTrailingZeros(lowest);
      }
      before = idle.get();
    }
    return NONE;
  }

  void makeIdle(int executor) {
    idle.accumulateAndGet(1L << executor, (bits, bit) -> bits | bit);
  }

  void begin(int executor, Run<T> run) {
    runs.set(executor, run);
  }

  void end(int executor) {
    runs.set(executor, null);
  }

  /** How long the runs in progress will still take, all together. */
  long runningNanos(long now) {
    long sum = 0;
    for (int i = 0; i < runs.length(); i++) {
      Run<T> run = runs.get(i);
      if (run != null) {
        sum += run.nanosLeft(now);
      }
    }
    return sum;
  }

  /**
   * Ends the tickets in runs that are late.
   *
   * @param unwanted gets the runs that nobody waits for any more, with their executors' numbers
   * @return after how long the next ticket is late; 0 if there is an unwanted run
   */
  long endLate(long now, ObjIntConsumer<Run<T>> unwanted) {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < runs.length(); i++) {
      Run<T> run = runs.get(i);
      if (run != null) {
        long left = run.endLate(now);
        if (left == 0) {
          unwanted.accept(run, i);
        }
        next = Math.min(next, left);
      }
    }
    return next;
  }

  /** Ends the tickets in runs whose callers have hung up. */
  void endDeserted() {
    for (int i = 0; i < runs.length(); i++) {
      Run<T> run = runs.get(i);
      if (run != null) {
        run.endDeserted();
      }
    }
  }
}
