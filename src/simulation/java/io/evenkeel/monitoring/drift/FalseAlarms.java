package io.evenkeel.monitoring.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How long it takes until an alarm where nothing drifts. Each run draws a reference and then rows
 * from the same distribution.
 *
 * @param most a run ends without an alarm after that many times {@code alarm} rows; it then counts
 *     as if it had ended there, so that the mean is a lower bound
 */
record FalseAlarms(Kind kind, int features, int reference, double alarm, int runs, int most) {

  enum Kind {
    INDEPENDENT("independent"),
    DEPENDENT("all the same"),
    TIES("with ties and gaps");

    final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /**
   * What came of it.
   *
   * @param mean number of rows to an alarm
   * @param error the mean's standard error
   * @param ended the share of runs that ended by an alarm
   */
  record Result(FalseAlarms of, double mean, double error, double ended) {
    /** Whether the promise is kept, as far as so few runs can tell. */
    boolean keepsThePromise() {
      return mean + 2 * error >= of.alarm();
    }
  }

  Result play() {
    double[] lengths = IntStream.range(0, runs).parallel().mapToDouble(this::length).toArray();
    double mean = 0;
    double square = 0;
    double ended = 0;
    for (double length : lengths) {
      mean += length / runs;
      square += length * length / runs;
      ended += length < most * alarm ? 1.0 / runs : 0;
    }
    return new Result(this, mean, Math.sqrt(Math.max(0, square - mean * mean) / runs), ended);
  }

  private double length(int run) {
    SplittableRandom random = new SplittableRandom(31L * run + features + reference);
    Column column = kind == Kind.TIES ? Column.TIES : Column.NORMAL;
    List<Binning> binnings = new ArrayList<>();
    for (int feature = 0; feature < features; feature++) {
      binnings.add(
          kind == Kind.DEPENDENT && feature > 0
              ? binnings.getFirst()
              : column.learn("x" + feature, reference, random));
    }
    DriftMonitor monitor =
        new DriftMonitor(
            binnings.stream().map(Binning::reference).toList(),
            DriftSettings.standard().withThresholds(alarm, 1000 * alarm));
    int[] bins = new int[features];
    for (long row = 1; row < most * alarm; row++) {
      for (int feature = 0; feature < features; feature++) {
        bins[feature] =
            kind == Kind.DEPENDENT && feature > 0
                ? bins[0]
                : Column.bin(binnings.get(feature), column.draw(random));
      }
      if (monitor.observe(bins) != DriftLevel.CALM) {
        return row;
      }
    }
    return most * alarm;
  }
}
