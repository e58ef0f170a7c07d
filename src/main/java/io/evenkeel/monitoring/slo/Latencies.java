package io.evenkeel.monitoring.slo;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A histogram of times: how many took at most each bound, and how many there are. It owns its
 * arrays, and nobody changes them: thread-safe.
 */
public final class Latencies {
  private final long[] boundsNanos;

  /** How many took at most the bound; one more at the end, for all. */
  private final long[] atMost;

  /**
   * Takes the arrays over.
   *
   * @param boundsNanos rising
   * @param atMost the counts up to each bound, and then the count of all
   */
  Latencies(long[] boundsNanos, long[] atMost) {
    if (atMost.length != boundsNanos.length + 1) {
      throw new IllegalArgumentException(
          boundsNanos.length + " bounds need one count more, not " + atMost.length);
    }
    this.boundsNanos = boundsNanos;
    this.atMost = atMost;
  }

  long total() {
    return atMost[atMost.length - 1];
  }

  /** How many took at most so long; the bound below decides where there is none at that time. */
  long within(long nanos) {
    int found = Arrays.binarySearch(boundsNanos, nanos);
    int bound = found >= 0 ? found : -found - 2;
    return bound < 0 ? 0 : atMost[bound];
  }

  /** The counts, bound by bound and then all, in an array that the caller may keep. */
  long[] counts() {
    return atMost.clone();
  }

  /** A histogram with these bounds and other counts. */
  Latencies with(long[] counts) {
    return new Latencies(boundsNanos, counts);
  }

  boolean hasTheBoundsOf(Latencies other) {
    return Arrays.equals(boundsNanos, other.boundsNanos);
  }

  /**
   * The time that a share of all took at most, as Prometheus's {@code histogram_quantile} reckons:
   * evenly spread within a bucket, and the last bound for whatever is beyond it.
   *
   * @param share between 0 and 1
   * @return in nanoseconds; null of nothing
   */
  @Nullable Double quantileNanos(double share) {
    if (total() == 0) {
      return null;
    }
    double rank = share * total();
    for (int i = 0; i < boundsNanos.length; i++) {
      if (atMost[i] >= rank) {
        long below = i == 0 ? 0 : atMost[i - 1];
        long start = i == 0 ? 0 : boundsNanos[i - 1];
        double part = atMost[i] == below ? 1 : (rank - below) / (atMost[i] - below);
        return start + (boundsNanos[i] - start) * part;
      }
    }
    return (double) boundsNanos[boundsNanos.length - 1];
  }
}
