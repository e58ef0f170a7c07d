package io.evenkeel.monitoring.drift;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Counts of bins in which a row weighs less with each row after it. Instead of fading all counts,
 * each new row weighs more, so a row costs the same however many bins there are. Takes 8 bytes a
 * bin. Not thread-safe.
 */
final class Forgetting {
  private static final double TOO_HEAVY = 1e100;

  private final double growth;
  private double[] expected;
  private final double[] weights;
  private double total;
  private double unit = 1;

  /** The sum over bins of weight squared by probability. */
  private double squares;

  Forgetting(int memory, double[] expected) {
    this.growth = 1 / (1 - 1.0 / memory);
    this.expected = expected;
    this.weights = new double[expected.length];
  }

  void add(int bin) {
    unit *= growth;
    double weight = weights[bin];
    squares += unit * (2 * weight + unit) / expected[bin];
    weights[bin] = weight + unit;
    total += unit;
    if (unit > TOO_HEAVY) {
      rescale();
    }
  }

  /** Adds rows whose order isn't known, and which were all seen at once. */
  void add(long[] counts) {
    double rows = Arrays.stream(counts).sum();
    unit *= Math.pow(growth, Math.min(rows, 1e4));
    if (unit > TOO_HEAVY) {
      rescale();
    }
    for (int bin = 0; bin < counts.length; bin++) {
      weights[bin] += unit * counts[bin];
    }
    rescale();
  }

  /** How many rows, faded, there are. */
  double rows() {
    return total / unit;
  }

  /** How many of them are in a bin. */
  double rows(int bin) {
    return weights[bin] / unit;
  }

  /** The estimate of a bin's probability, drawn towards what is expected by that many rows. */
  double probability(int bin, double pull) {
    double drawn = pull * unit;
    return (weights[bin] + drawn * expected[bin]) / (total + drawn);
  }

  /** How far that estimate is from what is expected: the root of its chi-squared distance. */
  double distance(double pull) {
    return Math.sqrt(Math.max(0, squares - total * total)) / (total + pull * unit);
  }

  /** The same deviations from other expectations. */
  void expect(double[] others) {
    for (int bin = 0; bin < weights.length; bin++) {
      weights[bin] *= others[bin] / expected[bin];
    }
    expected = others;
    rescale();
  }

  /** Forgets all. */
  void clear() {
    Arrays.fill(weights, 0);
    rescale();
  }

  /** By how much each bin is fuller or emptier than expected, so that others may expect others. */
  void write(DataOutput out) throws IOException {
    for (int bin = 0; bin < weights.length; bin++) {
      out.writeDouble(rows(bin) / expected[bin]);
    }
  }

  /** Adds what was written. */
  void read(DataInput in) throws IOException {
    for (int bin = 0; bin < weights.length; bin++) {
      weights[bin] += DriftState.amount(in) * expected[bin] * unit;
    }
    rescale();
  }

  /** Also rids the running sums of what rounding has left in them. */
  private void rescale() {
    total = 0;
    squares = 0;
    for (int bin = 0; bin < weights.length; bin++) {
      weights[bin] /= unit;
      total += weights[bin];
      squares += weights[bin] * weights[bin] / expected[bin];
    }
    unit = 1;
  }
}
