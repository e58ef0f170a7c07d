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

  /**
   * How long until the executors have done so much work besides the runs in progress. An executor
   * whose run ends later than that takes no part in it: one that hangs doesn't hold up the others.
   *
   * @param workNanos of one executor
   */
  double nanosUntilDone(double workNanos, long now) {
    double level = Double.MAX_VALUE;
    while (true) {
      double sum = workNanos;
      int taking = 0;
      for (int i = 0; i < runs.length(); i++) {
        Run<T> run = runs.get(i);
        long left = run == null ? 0 : run.nanosLeft(now);
        if (left <= level) {
          sum += left;
          taking++;
        }
      }
      if (taking == 0 || sum / taking >= level) {
        return level;
      }
      level = sum / taking;
    }
  }

  /** Shows each run in progress with the number of its executor. */
  void forEachRun(ObjIntConsumer<Run<T>> action) {
    for (int i = 0; i < runs.length(); i++) {
      Run<T> run = runs.get(i);
      if (run != null) {
        action.accept(run, i);
      }
    }
  }
}
