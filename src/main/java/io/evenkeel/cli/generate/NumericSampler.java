package io.evenkeel.cli.generate;

import io.evenkeel.contract.Feature;
import io.evenkeel.monitoring.Sketch;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Numbers and points in time: a bin by its share, then any value within it. */
final class NumericSampler implements Sampler {
  private final Sketch.Numeric sketch;
  private final NumberLine line;
  private final Shares bins;
  private final double factor;
  private final double shift;

  NumericSampler(Feature feature, Sketch.Numeric sketch, List<Drift> drifts) {
    this.sketch = sketch;
    this.line =
        new NumberLine(
            feature,
            Stream.concat(sketch.edges().stream(), Stream.of(sketch.min(), sketch.max()))
                .flatMapToDouble(DoubleStream::of));
    this.bins = new Shares(sketch.probabilities());
    double scaled = 1;
    double shifted = 0;
    for (Drift drift : drifts) {
      switch (drift) {
        case Drift.Scale scale -> scaled *= scale.factor();
        case Drift.Shift by ->
            shifted +=
                by.amount() * (by.unit() == Drift.Unit.STANDARD_DEVIATIONS ? sketch.std() : 1);
        case Drift.Share ignored -> {}
        case Drift.Missing ignored -> {}
      }
    }
    this.factor = scaled;
    this.shift = shifted;
  }

  NumberLine line() {
    return line;
  }

  /** How far values are from each other, as a rule. */
  double spread() {
    return sketch.std();
  }

  @Override
  public String draw(RandomGenerator random) {
    int bin = bins.draw(random);
    int last = sketch.edges().size();
    double low = bin == 0 ? sketch.min() : sketch.edges().get(bin - 1);
    double high = bin == last ? sketch.max() : sketch.edges().get(bin);
    double value = low + random.nextDouble() * (high - low);
    if (line.isWhole()) {
      // The last bin holds its upper end, the others end before it.
      double first = Math.ceil(low);
      double end = bin == last ? Math.floor(high) + 1 : Math.ceil(high);
      value = first + Math.floor(random.nextDouble() * Math.max(1, end - first));
    }
    return line.json(line.fit(value * factor + shift));
  }
}
