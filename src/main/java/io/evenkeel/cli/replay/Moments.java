package io.evenkeel.cli.replay;

/** Mean and standard deviation of a stream of numbers, by Welford's method. Not thread-safe. */
final class Moments {
  private long count;
  private double mean;
  private double squares;

  void add(double value) {
    count++;
    double before = value - mean;
    mean += before / count;
    squares += before * (value - mean);
  }

  double mean() {
    return mean;
  }

  double deviation() {
    return count < 2 ? 0 : Math.sqrt(squares / count);
  }
}
