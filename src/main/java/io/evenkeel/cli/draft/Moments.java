package io.evenkeel.cli.draft;

/** Count, mean, spread and ends of numbers, kept as they come (Welford's way). Not thread-safe. */
final class Moments {
  private long count;
  private double mean;
  private double squares;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  void add(double value) {
    count++;
    double before = value - mean;
    mean += before / count;
    squares += before * (value - mean);
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  long count() {
    return count;
  }

  double mean() {
    return mean;
  }

  /**
   * The standard deviation of these numbers themselves, not an estimate of a larger population's.
   */
  double deviation() {
    return count == 0 ? 0 : Math.sqrt(squares / count);
  }

  double min() {
    return min;
  }

  double max() {
    return max;
  }
}
