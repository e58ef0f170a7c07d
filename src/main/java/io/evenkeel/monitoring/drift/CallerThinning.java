package io.evenkeel.monitoring.drift;

import java.time.Duration;
import java.util.Arrays;

/**
 * Thins bursts from one caller, so that rows stay exchangeable: a caller who sends the same
 * thousand rows in a loop isn't drift. Each caller may have so many rows in a row, and after that
 * one for each interval. Not thread-safe.
 *
 * <p>Callers are known by a hash only and share a fixed number of places, 8 bytes each. Two callers
 * in one place are thinned together, which drops rows and never lets more through.
 */
public final class CallerThinning {
  private final long intervalNanos;
  private final long burstNanos;

  /** By place: when the rows let through so far will have been paid off. */
  private final long[] paidOff;

  private final int mask;
  private long dropped;

  /**
   * @param interval for which a row counts
   * @param burst how many rows a caller may have at once
   * @param places a power of two; take some times as many as there are callers
   * @param nowNanos the time at which the caller's clock stands
   */
  public CallerThinning(Duration interval, int burst, int places, long nowNanos) {
    if (interval.toNanos() < 1 || burst < 1 || Integer.bitCount(places) != 1) {
      throw new IllegalArgumentException(
          "interval " + interval + ", burst " + burst + ", places " + places);
    }
    this.intervalNanos = interval.toNanos();
    this.burstNanos = Math.multiplyExact(intervalNanos, burst);
    this.paidOff = new long[places];
    Arrays.fill(paidOff, nowNanos);
    this.mask = places - 1;
  }

  /**
   * Whether to look at a row of this caller; counts it if not.
   *
   * @param caller the caller's hash, of any quality
   * @param nowNanos of a clock that doesn't go back
   */
  public boolean keeps(long caller, long nowNanos) {
    int place = (int) RequestSample.mixed(caller) & mask;
    long owed = Math.max(0, paidOff[place] - nowNanos);
    if (owed + intervalNanos > burstNanos) {
      dropped++;
      return false;
    }
    paidOff[place] = nowNanos + owed + intervalNanos;
    return true;
  }

  /** How many rows weren't looked at. */
  public long dropped() {
    return dropped;
  }
}
