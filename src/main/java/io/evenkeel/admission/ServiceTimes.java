package io.evenkeel.admission;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How long a run of so many rows takes, learnt from runs. The warm-up gives each batch size a time
 * of its own; from then on two things follow what is observed:
 *
 * <ul>
 *   <li>a factor common to all sizes, for how fast the machine is now: it follows the median of the
 *       last three ratios of observed to known time, so that a single outlier leaves no trace. One
 *       run changes it by a tenth at most, so a model that turns ten times as slow is known to be
 *       so after some 25 runs;
 *   <li>the 99th percentile of what remains, by stochastic approximation (Robbins and Monro, 1951):
 *       a step up of 5 % of 99 parts where a run took longer, down of 1 part where it didn't.
 * </ul>
 *
 * <p>Slowness that isn't seen again is forgotten with a half-life of half a second: otherwise a
 * model that was slow once would be refused to everybody, and never be seen to be fast again.
 *
 * <p>Thread-safe; readers never wait, and an observation that would have to is dropped.
 */
public final class ServiceTimes {
  private static final double HARDLY_DEARER = 1.05;
  private static final int FAR_LESS = 2;
  private static final double FOLLOW = 0.1;
  private static final double LEAST_TURN = 0.5;
  private static final double MOST_TURN = 2;
  private static final double LEAST_FACTOR = 0.1;
  private static final double MOST_FACTOR = 1e5;
  private static final double QUANTILE = 0.99;
  private static final double STEP = 0.05;
  private static final double MOST_SPREAD = 4;
  private static final double FORGET_NANOS = 5e8;
  private static final long FRESH_NANOS = 200_000_000;
  private static final int FRESH_RUNS = 4;

  private final int[] sizes;
  private final ReentrantLock learning = new ReentrantLock();

  /** Nanoseconds of a run, by the index of its size. */
  private final double[] typical;

  private final boolean cheaperInCompany;

  private volatile double factor = 1;
  private volatile double spread = 1.5;
  private volatile long freshUntil;
  private double lastRatio = 1;
  private double ratioBefore = 1;

  /**
   * @param sizes the batch sizes that are run, ascending
   * @param nanos how long each took in the warm-up
   */
  public ServiceTimes(int[] sizes, long[] nanos) {
    this(sizes, nanos, System.nanoTime());
  }

  /** On a clock that shows this time now. */
  ServiceTimes(int[] sizes, long[] nanos, long now) {
    if (sizes.length == 0 || sizes.length != nanos.length) {
      throw new IllegalArgumentException("a time for each of " + Arrays.toString(sizes));
    }
    this.sizes = sizes.clone();
    this.typical = Arrays.stream(nanos).mapToDouble(time -> Math.max(1, time)).toArray();
    this.cheaperInCompany = cheapestRow(largest()) < typical[0] / FAR_LESS;
    this.freshUntil = now;
  }

  /** The most rows that one run can take. */
  public int largest() {
    return sizes[sizes.length - 1];
  }

  /**
   * Learns from a run that was ended early, if it had taken longer than usual by then: otherwise a
   * model that never answers would be believed to be fast.
   */
  void observeAtLeast(int rows, long nanos, long now) {
    if (nanos > upperNanos(rows, now)) {
      observe(rows, nanos, now);
    }
  }

  /** Learns from a run that went well. */
  void observe(int rows, long nanos, long now) {
    if (!learning.tryLock()) {
      return;
    }
    try {
      int size = indexOf(rows);
      double ratio = nanos / typical[size];
      double median = median(ratio, lastRatio, ratioBefore);
      ratioBefore = lastRatio;
      lastRatio = ratio;
      double known = factorAt(now);
      double followed =
          known * (1 + FOLLOW * (Math.clamp(median / known, LEAST_TURN, MOST_TURN) - 1));
      double relative = ratio / followed;
      spread = Math.clamp(spread * (1 + STEP * step(relative)), 1, MOST_SPREAD);
      factor = Math.clamp(followed, LEAST_FACTOR, MOST_FACTOR);
      freshUntil = now + FRESH_NANOS + FRESH_RUNS * nanos;
    } finally {
      learning.unlock();
    }
  }

  private double step(double relative) {
    return relative > spread ? QUANTILE : QUANTILE - 1;
  }

  private static double median(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  /** What a run of these rows usually takes, in nanoseconds. */
  public long typicalNanos(int rows, long now) {
    return (long) (typical[indexOf(rows)] * factorAt(now));
  }

  /** What 99 of 100 runs of these rows don't exceed, in nanoseconds. */
  public long upperNanos(int rows, long now) {
    return (long) (typical[indexOf(rows)] * factorAt(now) * spread);
  }

  /** What one row costs at the batch size that makes it cheapest, in nanoseconds. */
  public long cheapestRowNanos(long now) {
    return cheapestRowNanos(largest(), now);
  }

  /** The same, of the sizes up to one. */
  long cheapestRowNanos(int mostRows, long now) {
    return (long) (cheapestRow(mostRows) * factorAt(now));
  }

  private double cheapestRow(int mostRows) {
    double least = typical[0] / sizes[0];
    for (int i = 1; i < sizes.length && sizes[i] <= mostRows; i++) {
      least = Math.min(least, typical[i] / sizes[i]);
    }
    return least;
  }

  /** Whether a row of a full run costs less than half of a run for itself. */
  boolean isCheaperInCompany() {
    return cheaperInCompany;
  }

  /**
   * The smallest size up to one at which rows are hardly dearer than at the cheapest. Beyond it a
   * larger run gains nothing, and delays those after it.
   */
  int cheapSize(int mostRows) {
    double hardlyDearer = HARDLY_DEARER * cheapestRow(mostRows);
    int size = 0;
    while (typical[size] / sizes[size] > hardlyDearer) {
      size++;
    }
    return sizes[size];
  }

  /**
   * How many of these rows are best run first. A batch is padded to the next size; where rows are
   * dear, a run of the size before and another for the rest take less time than the padding.
   */
  int bestFirst(int rows) {
    int size = indexOf(rows);
    if (size == 0 || rows >= sizes[size]) {
      return rows;
    }
    int full = sizes[size - 1];
    double apart = typical[size - 1] + typical[indexOf(rows - full)];
    return apart < typical[size] ? full : rows;
  }

  /** The most rows whose run is over within a time with high probability; at least one. */
  int rowsWithin(long nanos, long now) {
    double most = nanos / (factorAt(now) * spread);
    for (int i = sizes.length - 1; i > 0; i--) {
      if (typical[i] <= most) {
        return sizes[i];
      }
    }
    return sizes[0];
  }

  private double factorAt(long now) {
    double known = factor;
    long stale = now - freshUntil;
    return known <= 1 || stale <= 0 ? known : 1 + (known - 1) * halved(stale / FORGET_NANOS);
  }

  /**
   * One half to the power of a number, and a straight line between whole numbers: what a lane
   * decides must be the same on every machine, and a library's power isn't.
   */
  private static double halved(double times) {
    int whole = (int) times;
    return Math.scalb(1 - (times - whole) / 2, -whole);
  }

  private int indexOf(int rows) {
    int found = Arrays.binarySearch(sizes, rows);
    return Math.min(found >= 0 ? found : -found - 1, sizes.length - 1);
  }
}
