package io.evenkeel.api;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A few places for threads at work. Whoever has one for longer than a request takes is waiting for
 * something, and others may have it as well. Thread-safe; nobody waits for a lock.
 */
final class Workplaces {
  /** There is no place. */
  static final int NONE = -1;

  private static final long FREE = 0;
  private static final long HELD_NANOS = 1_000_000;

  /** Since when each is taken. */
  private final AtomicLongArray takenAt;

  Workplaces(int count) {
    this.takenAt = new AtomicLongArray(count);
  }

  /** The number of a place that is the caller's until it gives it back, or {@link #NONE}. */
  int tryTake(long now) {
    for (int place = 0; place < takenAt.length(); place++) {
      long since = takenAt.get(place);
      boolean open = since == FREE || now - since > HELD_NANOS;
      if (open && takenAt.compareAndSet(place, since, stamp(now))) {
        return place;
      }
    }
    return NONE;
  }

  /**
   * Keeps a place for another piece of work. Returns false if somebody else has it by now.
   *
   * @param since when it was taken, or kept last
   */
  boolean keep(int place, long since, long now) {
    return takenAt.compareAndSet(place, stamp(since), stamp(now));
  }

  /**
   * Gives a place back, unless somebody else has it by now.
   *
   * @param since when it was taken, or kept last
   */
  void giveBack(int place, long since) {
    takenAt.compareAndSet(place, stamp(since), FREE);
  }

  private static long stamp(long now) {
    return now == FREE ? 1 : now;
  }
}
