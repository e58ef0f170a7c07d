package io.evenkeel.cli.generate;

import io.evenkeel.contract.Feature;
import io.evenkeel.monitoring.Sketch;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Numbers and points in time: a bin by its share, then any value within it. The wider of the outer
 * bins is the distribution's tail; its values are drawn towards the others, so that the mean is the
 * reference's.
 */
final class NumericSampler implements Sampler {
  private final Sketch.Numeric sketch;
  private final NumberLine line;
  private final Shares bins;
  private final int tail;

  /** What a uniform number is raised to within the tail. */
  private final double bend;

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
    int last = sketch.edges().size();
    this.tail = width(0) > width(last) ? 0 : last;
    this.bend = bend();
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

  private double low(int bin) {
    return bin == 0 ? sketch.min() : sketch.edges().get(bin - 1);
  }

  private double high(int bin) {
    return bin == sketch.edges().size() ? sketch.max() : sketch.edges().get(bin);
  }

  private double width(int bin) {
    return high(bin) - low(bin);
  }

  /** With u to the power of this, the mean of u is what the tail's mean has to be. */
  private double bend() {
    double share = sketch.probabilities().get(tail);
    if (sketch.edges().isEmpty() || share == 0 || width(tail) <= 0) {
      return 1;
    }
    double left = sketch.mean();
    for (int bin = 0; bin < sketch.probabilities().size(); bin++) {
      // Of whole numbers, a bin holds those below its end.
      double middle = (low(bin) + high(bin) - (line.isWhole() ? 1 : 0)) / 2;
      left -= bin == tail ? 0 : sketch.probabilities().get(bin) * middle;
    }
    double mean = left / share;
    double distance = tail == 0 ? high(tail) - mean : mean - low(tail);
    double room = width(tail) + (line.isWhole() ? 1 : 0);
    double place = (distance + (line.isWhole() ? 0.5 : 0)) / room;
    return Math.clamp(1 / Math.clamp(place, 0.01, 0.99) - 1, 0.2, 20);
  }

  private double place(int bin, RandomGenerator random) {
    double uniform = random.nextDouble();
    if (bin != tail) {
      return uniform;
    }
    double bent = Math.pow(uniform, bend);
    return tail == 0 && !sketch.edges().isEmpty() ? Math.nextDown(1 - bent) : bent;
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
    double low = low(bin);
    double high = high(bin);
    double place = place(bin, random);
    double value = low + place * (high - low);
    if (line.isWhole()) {
      // The last bin holds its upper end, the others end before it.
      double first = Math.ceil(low);
      double end = bin == last ? Math.floor(high) + 1 : Math.ceil(high);
      value = first + Math.floor(place * Math.max(1, end - first));
    }
    return line.json(line.fit(value * factor + shift));
  }
}
