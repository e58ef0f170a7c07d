package io.evenkeel.admission;

import java.util.Arrays;

/** Durations, kept one by one. */
final class Times {
  private long[] nanos = new long[64];
  private int count;

  void add(long time) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = time;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The shortest that this share of them doesn't exceed; 0 if there are none. */
  long quantile(double share) {
    Arrays.sort(nanos, 0, count);
    return count == 0 ? 0 : nanos[Math.clamp((long) Math.ceil(share * count) - 1, 0, count - 1)];
  }
}
