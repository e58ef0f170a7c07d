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

  /** What the rows before this season were expected to be, by bin. */
  private final double[] expected;

  private StreamReference season;
  private long inSeason;

  /** Of the seasons before: the sum of squared rows by the rows of the reference. */
  private double errors;

  /**
   * @param alpha in which share of windows without drift PSI exceeds its threshold
   */
  public EffectWindow(Binning binning, double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha: " + alpha);
    }
    this.binning = binning;
    this.alpha = alpha;
    this.season = binning.reference();
    this.counts = new long[season.size()];
    this.expected = new double[season.size()];
  }

  public void observe(int bin) {
    counts[bin]++;
    inSeason++;
  }

  /** The rows from now on are expected to be spread otherwise over the same bins. */
  public void expect(StreamReference other) {
    if (!other.bins().equals(season.bins())) {
      throw new IllegalArgumentException("other bins for " + season.name());
    }
    endSeason();
    season = other;
  }

  private void endSeason() {
    for (int bin = 0; bin < expected.length; bin++) {
      expected[bin] += inSeason * season.probability(bin);
    }
    errors += (double) inSeason * inSeason / season.rows();
    inSeason = 0;
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
      inSeason += others[bin];
    }
  }

  /** Ends the window and opens the next; empty if there were fewer than {@link #FEWEST_ROWS}. */
  public Optional<EffectSizes> close() {
    endSeason();
    long rows = Arrays.stream(counts).sum();
    Optional<EffectSizes> sizes =
        rows < FEWEST_ROWS ? Optional.empty() : Optional.of(sizes((double) rows));
    Arrays.fill(counts, 0);
    Arrays.fill(expected, 0);
    errors = 0;
    return sizes;
  }

  private EffectSizes sizes(double rows) {
    double[] shares = Arrays.stream(expected).map(sum -> sum / rows).toArray();
    return EffectSizes.of(
        binning, new EffectSizes.Expected(shares, rows * rows / errors), counts, alpha);
  }
}
