package io.evenkeel.monitoring.drift;

import java.util.Arrays;
import java.util.Optional;

/**
 * The rows since a window was opened, by bin, for {@link EffectSizes}. Windows tumble: the next
 * begins where one is closed; the caller says when. Takes 8 bytes a bin. Not thread-safe.
 */
public final class EffectWindow {
  /** Smaller windows have no effect sizes: chance alone would make them large. */
  public static final int FEWEST_ROWS = 200;

  private final Binning binning;
  private final double alpha;
  private final long[] counts;

  /**
   * @param alpha in which share of windows without drift PSI exceeds its threshold
   */
  public EffectWindow(Binning binning, double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha: " + alpha);
    }
    this.binning = binning;
    this.alpha = alpha;
    this.counts = new long[binning.reference().size()];
  }

  public void observe(int bin) {
    counts[bin]++;
  }

  /** The bins' counts, which add up over replicas. */
  public long[] counts() {
    return counts.clone();
  }

  /** Adds the counts of another window over the same bins. */
  public void add(long[] others) {
    if (others.length != counts.length) {
      throw new IllegalArgumentException(others.length + " counts, " + counts.length + " bins");
    }
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] += others[bin];
    }
  }

  /** Ends the window and opens the next; empty if there were fewer than {@link #FEWEST_ROWS}. */
  public Optional<EffectSizes> close() {
    long rows = Arrays.stream(counts).sum();
    Optional<EffectSizes> sizes =
        rows < FEWEST_ROWS
            ? Optional.empty()
            : Optional.of(EffectSizes.of(binning, counts, rows, alpha));
    Arrays.fill(counts, 0);
    return sizes;
  }
}
