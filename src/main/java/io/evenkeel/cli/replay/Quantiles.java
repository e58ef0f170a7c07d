package io.evenkeel.cli.replay;

import java.util.ArrayList;
import java.util.List;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;

/**
 * The distribution of any number of values, in a few kilobytes: a KLL sketch, whose ranks are right
 * to within a percent (Karnin, Lang, Liberty: Optimal Quantile Approximation in Streams, 2016).
 * Least, greatest and mean are exact. Not thread-safe.
 */
final class Quantiles {
  /** The rank's error is 0.7 % at this size, with 99 % confidence. */
  private static final int SIZE = 400;

  private final KllDoublesSketch sketch = KllDoublesSketch.newHeapInstance(SIZE);
  private double sum;

  /** Adds a value; one that is no number is passed over. */
  void add(double value) {
    if (Double.isFinite(value)) {
      sketch.update(value);
      sum += value;
    }
  }

  boolean isEmpty() {
    return sketch.isEmpty();
  }

  long count() {
    return sketch.getN();
  }

  double mean() {
    return isEmpty() ? 0 : sum / count();
  }

  double least() {
    return isEmpty() ? 0 : sketch.getMinItem();
  }

  double greatest() {
    return isEmpty() ? 0 : sketch.getMaxItem();
  }

  double at(double rank) {
    return isEmpty() ? 0 : sketch.getQuantile(rank);
  }

  /**
   * The shares of the values between neighbouring edges; what lies beyond goes to the outer ones.
   */
  List<Double> shares(List<Double> edges) {
    List<Double> shares = new ArrayList<>();
    if (isEmpty()) {
      edges.subList(1, edges.size()).forEach(edge -> shares.add(0.0));
      return shares;
    }
    double[] inner =
        edges.subList(1, edges.size() - 1).stream().mapToDouble(Double::doubleValue).toArray();
    if (inner.length == 0) {
      return List.of(1.0);
    }
    for (double share : sketch.getPMF(inner, QuantileSearchCriteria.EXCLUSIVE)) {
      shares.add(share);
    }
    return shares;
  }
}
