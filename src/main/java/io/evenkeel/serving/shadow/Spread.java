package io.evenkeel.serving.shadow;

import io.evenkeel.serving.shadow.ShadowReport.Figures;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.jspecify.annotations.Nullable;

/**
 * How values are spread, in a few kilobytes however many there are: a KLL sketch (Karnin, Lang,
 * Liberty: Optimal Quantile Approximation in Streams, 2016), whose ranks are right to within 1.33 %
 * with 99 % confidence at this size. Mean and maximum are exact. Not thread-safe.
 */
final class Spread {
  private static final int SIZE = 200;

  private final KllDoublesSketch sketch = KllDoublesSketch.newHeapInstance(SIZE);
  private double sum;

  /** Adds a value; one that is no number is passed over. */
  void add(double value) {
    if (Double.isFinite(value)) {
      sketch.update(value);
      sum += value;
    }
  }

  /** Null where there are no values. */
  @Nullable Figures figures() {
    return sketch.isEmpty()
        ? null
        : new Figures(
            sketch.getN(),
            sum / sketch.getN(),
            sketch.getQuantile(0.5),
            sketch.getQuantile(0.95),
            sketch.getQuantile(0.99),
            sketch.getMaxItem());
  }
}
