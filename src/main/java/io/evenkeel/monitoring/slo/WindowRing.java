package io.evenkeel.monitoring.slo;

import java.time.Duration;

/**
 * How much some counts have risen within a sliding window, in constant memory: a ring of samples of
 * the counts since the start. The window reaches back to the newest sample that is old enough, so
 * it is at most a sixtieth longer than asked for, if somebody looks that often. Not thread-safe.
 *
 * <p>Time is monotonic, in nanoseconds since the start.
 */
final class WindowRing {
  /** How many samples a window has. */
  static final int CELLS = 60;

  private static final int ROOM = CELLS + 2;

  private final long windowNanos;
  private final int width;
  private final long[] times = new long[ROOM];
  private final long[] values;

  /** How many samples were taken so far. */
  private long taken;

  /**
   * @param width how many counts there are
   */
  WindowRing(Duration window, int width) {
    this.windowNanos = window.toNanos();
    this.width = width;
    this.values = new long[ROOM * width];
  }

  /**
   * What has been counted within the window.
   *
   * @param spanNanos how far back it reaches; less than the window if the process is younger
   * @param rises of each count
   */
  @SuppressWarnings("ArrayRecordComponent") // made for the caller, who alone has it
  record Rise(long spanNanos, long[] rises) {}

  /** Takes a sample, unless the last one is younger than a sixtieth of the window. */
  void sample(long nowNanos, long[] counts) {
    if (taken > 0 && nowNanos - times[cell(taken - 1)] < windowNanos / CELLS) {
      return;
    }
    int cell = cell(taken);
    times[cell] = nowNanos;
    System.arraycopy(counts, 0, values, cell * width, width);
    taken++;
  }

  /** How much the counts, which are these now, have risen. */
  Rise rise(long nowNanos, long[] counts) {
    long start = Math.max(0, nowNanos - windowNanos);
    for (long i = taken - 1; i >= 0 && i >= taken - ROOM; i--) {
      int cell = cell(i);
      if (times[cell] <= start) {
        return new Rise(nowNanos - times[cell], since(cell, counts));
      }
    }
    // Nothing was counted before the first sample; if the ring has forgotten it, the oldest stands
    // for it: that is when nobody has looked for long.
    return taken > ROOM
        ? new Rise(nowNanos - times[cell(taken)], since(cell(taken), counts))
        : new Rise(Math.min(nowNanos, windowNanos), counts.clone());
  }

  private long[] since(int cell, long[] counts) {
    long[] rises = counts.clone();
    for (int i = 0; i < width; i++) {
      rises[i] = Math.max(0, rises[i] - values[cell * width + i]);
    }
    return rises;
  }

  private static int cell(long index) {
    return (int) (index % ROOM);
  }
}
