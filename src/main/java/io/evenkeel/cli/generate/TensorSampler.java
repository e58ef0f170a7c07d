package io.evenkeel.cli.generate;

import io.evenkeel.contract.Feature;
import io.evenkeel.monitoring.Sketch;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Tensors whose elements have the means and deviations of the training data, each for itself: how
 * elements go together, the reference doesn't tell.
 */
final class TensorSampler implements Sampler {
  /** Decimals beyond the deviation's first digit. */
  private static final double FINENESS = 1e-3;

  private final Feature.TensorRules rules;
  private final Sketch.Tensor sketch;
  private final NumberLine line;
  private final double[] means;

  TensorSampler(Feature feature, Sketch.Tensor sketch, List<Drift> drifts) {
    this.rules = Objects.requireNonNull(feature.tensor());
    this.sketch = sketch;
    double widest = sketch.std().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    double finest = widest == 0 ? 1 : Math.pow(10, Math.floor(Math.log10(widest * FINENESS)));
    this.line = new NumberLine(feature, DoubleStream.of(Math.min(1, finest)));
    this.means = sketch.mean().stream().mapToDouble(Double::doubleValue).toArray();
    for (Drift drift : drifts) {
      for (int i = 0; i < means.length; i++) {
        means[i] = drifted(means[i], sketch.std().get(i), drift);
      }
    }
  }

  private static double drifted(double mean, double deviation, Drift drift) {
    return switch (drift) {
      case Drift.Scale scale -> mean * scale.factor();
      case Drift.Shift shift ->
          mean + shift.amount() * (shift.unit() == Drift.Unit.STANDARD_DEVIATIONS ? deviation : 1);
      case Drift.Share ignored -> mean;
      case Drift.Missing ignored -> mean;
    };
  }

  NumberLine line() {
    return line;
  }

  int size() {
    return means.length;
  }

  @Override
  public String draw(RandomGenerator random) {
    return json(elements(random));
  }

  /** The elements' texts, in row-major order. */
  String[] elements(RandomGenerator random) {
    return IntStream.range(0, means.length)
        .mapToObj(i -> line.json(line.fit(means[i] + sketch.std().get(i) * random.nextGaussian())))
        .toArray(String[]::new);
  }

  /** A tensor of which every element is the same. */
  String filledWith(String element) {
    String[] elements = new String[means.length];
    Arrays.fill(elements, element);
    return json(elements);
  }

  /** Elements as nested arrays. */
  String json(String[] elements) {
    List<String> level = Arrays.asList(elements);
    List<Integer> shape = rules.shape();
    for (int dimension = shape.size() - 1; dimension >= 0; dimension--) {
      int length = shape.get(dimension);
      List<String> inner = level;
      level =
          IntStream.range(0, inner.size() / length)
              .mapToObj(
                  i -> "[" + String.join(", ", inner.subList(i * length, (i + 1) * length)) + "]")
              .toList();
    }
    return level.getFirst();
  }
}
