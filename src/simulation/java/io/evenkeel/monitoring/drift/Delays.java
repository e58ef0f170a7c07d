package io.evenkeel.monitoring.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How many rows after a drift it is found, where one of 20 features drifts: 18 are normal, one is a
 * category, one has ties and gaps.
 *
 * @param before how many rows without drift there are first
 */
record Delays(Drift drift, int reference, int before, double alarm, int runs) {
  private static final int FEATURES = 20;
  private static final int CATEGORY = 18;
  private static final int TIES = 19;
  private static final int LONGEST = 20_000;

  enum Drift {
    QUARTER("0.25 sd", 0, 649) {
      @Override
      double drifted(double value, SplittableRandom random) {
        return value + 0.25;
      }
    },
    HALF("0.5 sd", 0, 157) {
      @Override
      double drifted(double value, SplittableRandom random) {
        return value + 0.5;
      }
    },
    ONE("1 sd", 0, 55) {
      @Override
      double drifted(double value, SplittableRandom random) {
        return value + 1;
      }
    },
    SPREAD("twice the spread", 0, 150) {
      @Override
      double drifted(double value, SplittableRandom random) {
        return 2 * value;
      }
    },
    UNIT("another unit (times 100)", 0, 50) {
      @Override
      double drifted(double value, SplittableRandom random) {
        return 100 * value;
      }
    },
    NEW_CATEGORY("a new category in 5 % of rows", CATEGORY, 150) {
      @Override
      double drifted(double value, SplittableRandom random) {
        return random.nextDouble() < 0.05 ? 6 : value;
      }
    },
    MISSING("missing values from 1 % to 5 %", TIES, 700) {
      @Override
      double drifted(double value, SplittableRandom random) {
        return random.nextDouble() < 0.04 / 0.99 ? Double.NaN : value;
      }
    };

    final String words;
    final int feature;

    /** The median of rows that is wanted: for shifts as the design's notes have it. */
    final int atMost;

    Drift(String words, int feature, int atMost) {
      this.words = words;
      this.feature = feature;
      this.atMost = atMost;
    }

    abstract double drifted(double value, SplittableRandom random);
  }

  /**
   * What came of it.
   *
   * @param median of the rows to the alarm; {@code ninth} in ten runs are at most so long
   * @param attributed the share of runs that name the right feature first
   * @param startError the median distance between when it began and when it is said to have begun
   */
  record Result(Delays of, double median, double ninth, double attributed, double startError) {}

  private record Run(long rows, boolean attributed, double startError) {}

  Result play() {
    List<Run> all = IntStream.range(0, runs).parallel().mapToObj(this::run).toList();
    return new Result(
        this,
        quantile(all.stream().mapToDouble(Run::rows).toArray(), 0.5),
        quantile(all.stream().mapToDouble(Run::rows).toArray(), 0.9),
        (double) all.stream().filter(Run::attributed).count() / runs,
        quantile(all.stream().mapToDouble(Run::startError).toArray(), 0.5));
  }

  private static double quantile(double[] values, double share) {
    Arrays.sort(values);
    return values[(int) (share * (values.length - 1))];
  }

  private Run run(int run) {
    SplittableRandom random = new SplittableRandom(7919L * run + reference + before);
    List<Binning> binnings = new ArrayList<>();
    for (int feature = 0; feature < FEATURES; feature++) {
      binnings.add(column(feature).learn("x" + feature, reference, random));
    }
    DriftMonitor monitor =
        new DriftMonitor(
            binnings.stream().map(Binning::reference).toList(),
            DriftSettings.standard().withThresholds(alarm, 1000 * alarm));
    int[] bins = new int[FEATURES];
    for (int row = 1; row <= before + LONGEST; row++) {
      for (int feature = 0; feature < FEATURES; feature++) {
        double value = column(feature).draw(random);
        boolean drifts = row > before && feature == drift.feature;
        bins[feature] =
            Column.bin(binnings.get(feature), drifts ? drift.drifted(value, random) : value);
      }
      if (monitor.observe(bins) != DriftLevel.CALM && row > before) {
        return found(monitor.snapshot(), row - before);
      }
    }
    return new Run(LONGEST, false, LONGEST);
  }

  private Run found(DriftSnapshot snapshot, long rows) {
    DriftSnapshot.Cause first = snapshot.causes().getFirst();
    return new Run(
        rows,
        first.stream().equals("x" + drift.feature),
        Math.abs((double) (first.sinceRowsAgo() - rows)));
  }

  private static Column column(int feature) {
    return feature == CATEGORY ? Column.CATEGORY : feature == TIES ? Column.TIES : Column.NORMAL;
  }
}
