package io.evenkeel.monitoring.drift;

import io.evenkeel.monitoring.Sketch;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Where the values of one feature come from, in training and in traffic. NaN is missing. */
enum Column {
  /** Without ties and gaps. */
  NORMAL {
    @Override
    double draw(SplittableRandom random) {
      return random.nextGaussian();
    }
  },

  /**
   * Seven of ten are 0, the others 1, 2, 3, ... as often as a coin falls; one of a hundred missing.
   */
  TIES {
    @Override
    double draw(SplittableRandom random) {
      if (random.nextDouble() < 0.01) {
        return Double.NaN;
      }
      if (random.nextDouble() < 0.7) {
        return 0;
      }
      return 1 + Long.numberOfTrailingZeros(random.nextLong() | Long.MIN_VALUE);
    }
  },

  /** One of six categories, the rarest one of a hundred. */
  CATEGORY {
    @Override
    double draw(SplittableRandom random) {
      double place = random.nextDouble();
      return place < 0.4
          ? 0
          : place < 0.65 ? 1 : place < 0.85 ? 2 : place < 0.94 ? 3 : place < 0.99 ? 4 : 5;
    }

    @Override
    Binning learn(String name, double[] training) {
      Map<Double, Integer> counts = new TreeMap<>();
      Arrays.stream(training).forEach(value -> counts.merge(value, 1, Integer::sum));
      Map<String, Double> shares = new LinkedHashMap<>();
      counts.forEach(
          (value, count) -> shares.put(String.valueOf(value), (double) count / training.length));
      return Binning.ofInput(name, new Sketch.Categorical(training.length, 0, shares, 0));
    }
  };

  private static final int BINS = 15;

  abstract double draw(SplittableRandom random);

  /** The bins of a reference that is drawn now: quantiles, as the training scripts make them. */
  Binning learn(String name, double[] training) {
    double[] present =
        Arrays.stream(training).filter(value -> !Double.isNaN(value)).sorted().toArray();
    double[] edges = new double[BINS - 1];
    for (int i = 1; i < BINS; i++) {
      edges[i - 1] = present[(int) Math.ceil((double) i / BINS * present.length) - 1];
    }
    edges = Arrays.stream(edges).filter(edge -> edge > present[0]).distinct().toArray();
    double[] shares = new double[edges.length + 1];
    double mean = 0;
    double square = 0;
    for (double value : present) {
      int place = Arrays.binarySearch(edges, value);
      shares[place < 0 ? -place - 1 : place + 1] += 1.0 / present.length;
      mean += value / present.length;
      square += value * value / present.length;
    }
    double missing = 1 - (double) present.length / training.length;
    return Binning.ofInput(
        name,
        new Sketch.Numeric(
            training.length,
            missing,
            Arrays.stream(edges).boxed().toList(),
            Arrays.stream(shares).boxed().toList(),
            mean,
            Math.sqrt(square - mean * mean),
            present[0],
            present[present.length - 1]));
  }

  Binning learn(String name, int rows, SplittableRandom random) {
    double[] training = new double[rows];
    for (int row = 0; row < rows; row++) {
      training[row] = draw(random);
    }
    return learn(name, training);
  }

  static int bin(Binning binning, double value) {
    return switch (binning) {
      case NumberBins numbers -> numbers.bin(value);
      case TextBins texts -> texts.bin(Double.isNaN(value) ? null : String.valueOf(value));
    };
  }
}
