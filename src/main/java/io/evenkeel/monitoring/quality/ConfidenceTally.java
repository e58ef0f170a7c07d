package io.evenkeel.monitoring.quality;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How confident classifications of the last day were: top probability, margin and entropy, each
 * counted in {@value #BINS} bins from 0 to 1 for each of {@value #HOURS} hours. Memory is constant:
 * about 29 kB. Thread-safe.
 */
public final class ConfidenceTally {
  private static final int HOURS = 24;
  private static final int BINS = 100;
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  private final double floor;
  private final Hour[] hours = new Hour[HOURS];

  /**
   * @param floor below which a top probability counts as low
   */
  public ConfidenceTally(double floor) {
    this.floor = floor;
  }

  /** What came within one hour. */
  private static final class Hour {
    final long number;
    final Spread top = new Spread();
    final Spread margin = new Spread();
    final Spread entropy = new Spread();
    int rows;
    int low;

    Hour(long number) {
      this.number = number;
    }
  }

  /** Counts of values from 0 to 1. */
  private static final class Spread {
    final int[] counts = new int[BINS];
    double sum;

    void add(double value) {
      double within = Math.clamp(value, 0, 1);
      counts[Math.min(BINS - 1, (int) (within * BINS))]++;
      sum += within;
    }

    void add(Spread other) {
      for (int i = 0; i < BINS; i++) {
        counts[i] += other.counts[i];
      }
      sum += other.sum;
    }

    /** Within a bin values are taken to be spread evenly. */
    double quantile(double part, int rows) {
      double before = 0;
      for (int i = 0; i < BINS; i++) {
        if (before + counts[i] >= part * rows && counts[i] > 0) {
          return (i + Math.clamp((part * rows - before) / counts[i], 0, 1)) / BINS;
        }
        before += counts[i];
      }
      return 1;
    }

    Distribution described(int rows) {
      return new Distribution(
          sum / rows, quantile(0.05, rows), quantile(0.5, rows), quantile(0.95, rows));
    }
  }

  /**
   * How values from 0 to 1 were distributed. The mean is exact; quantiles are off by less than a
   * hundredth.
   */
  public record Distribution(double mean, double p05, double p50, double p95) {}

  /**
   * The confidences of the last day.
   *
   * @param rows how many were counted
   * @param top of the predicted classes' probabilities
   * @param margin of the distances to the second
   * @param entropy of the entropies, as parts of the largest
   * @param floor below which a top probability counts as low
   * @param lowShare the share of such rows
   */
  public record Report(
      int rows,
      Distribution top,
      Distribution margin,
      Distribution entropy,
      double floor,
      double lowShare) {}

  /** Counts a classification. */
  public synchronized void add(Predicted.Classes predicted, Instant at) {
    long number = at.toEpochMilli() / HOUR_MILLIS;
    int place = Math.floorMod(number, HOURS);
    Hour hour = hours[place];
    if (hour == null || hour.number < number) {
      hour = new Hour(number);
      hours[place] = hour;
    } else if (hour.number > number) {
      return;
    }
    hour.rows++;
    hour.top.add(predicted.confidence());
    hour.margin.add(predicted.margin());
    hour.entropy.add(predicted.entropy());
    if (predicted.confidence() < floor) {
      hour.low++;
    }
  }

  /** The confidences of the last day; null where there were none. */
  public synchronized @Nullable Report report(Instant now) {
    long last = now.toEpochMilli() / HOUR_MILLIS;
    Hour all = new Hour(last);
    for (Hour hour : hours) {
      if (hour != null && hour.number > last - HOURS) {
        all.rows += hour.rows;
        all.low += hour.low;
        all.top.add(hour.top);
        all.margin.add(hour.margin);
        all.entropy.add(hour.entropy);
      }
    }
    return all.rows == 0
        ? null
        : new Report(
            all.rows,
            all.top.described(all.rows),
            all.margin.described(all.rows),
            all.entropy.described(all.rows),
            floor,
            (double) all.low / all.rows);
  }
}
