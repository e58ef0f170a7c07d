package io.evenkeel.monitoring.drift;

import io.evenkeel.monitoring.Sketch;
import io.evenkeel.monitoring.drift.StreamReference.Order;
import io.evenkeel.monitoring.drift.StreamReference.Unseen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bins of numbers between quantiles of the training data. What stands below the first edge and from
 * the last on has no end, so that a number is never unseen. Immutable.
 */
public final class NumberBins implements Binning {
  static final int MOST_VALUES = 20;

  private final StreamReference reference;
  private final double[] edges;
  private final Scale scale;

  private NumberBins(StreamReference reference, double[] edges, Sketch.Numeric sketch) {
    this.reference = reference;
    this.edges = edges;
    this.scale = scale(edges, sketch);
  }

  static NumberBins ofInput(String name, Sketch.Numeric sketch) {
    Merged merged = Merged.of(sketch);
    List<String> labels = labels(merged.edges);
    labels.add("missing");
    long missing = Math.round(sketch.missing() * sketch.rows());
    long[] counts = counts(merged, sketch.rows() - missing, 1);
    counts[counts.length - 1] = missing;
    return new NumberBins(
        StreamReference.withGaps(name, Order.ORDERED, labels, counts, Unseen.IS_AMONG_THE_OTHERS),
        merged.edges,
        sketch);
  }

  static NumberBins ofOutput(String name, DriftGroup group, Sketch.Numeric sketch) {
    Merged merged = Merged.of(sketch);
    List<String> labels = labels(merged.edges);
    if (labels.size() < 2) {
      // An output that never changed: it has no other bin, so there is one that stayed empty.
      labels.add("none");
    }
    long[] counts = counts(merged, sketch.rows(), labels.size() - merged.shares.length);
    return new NumberBins(
        StreamReference.of(name, group, Order.ORDERED, labels, counts), merged.edges, sketch);
  }

  private static long[] counts(Merged merged, long rows, int further) {
    long[] counts = new long[merged.shares.length + further];
    for (int bin = 0; bin < merged.shares.length; bin++) {
      counts[bin] = Math.round(merged.shares[bin] * rows);
    }
    return counts;
  }

  /** The bin of a number; what is no number is missing, if the stream has a bin for it. */
  public int bin(double value) {
    if (Double.isNaN(value)) {
      return reference.missing();
    }
    int found = Arrays.binarySearch(edges, value);
    return found >= 0 ? found + 1 : -(found + 1);
  }

  /** The bin of a value that isn't there. */
  public int missing() {
    return reference.missing();
  }

  @Override
  public StreamReference reference() {
    return reference;
  }

  @Override
  public StreamReference reference(Sketch part) {
    Sketch.Numeric numeric =
        switch (part) {
          case Sketch.Numeric found -> found;
          case Sketch.Tensor tensor -> tensor.overall();
          case Sketch.Categorical ignored ->
              throw new IllegalArgumentException("texts for the numbers " + reference.name());
        };
    long missing = reference.hasGaps() ? Math.round(part.missing() * part.rows()) : 0;
    double[] shares = new double[edges.length + 1];
    for (int i = 0; i < numeric.probabilities().size(); i++) {
      shares[i == 0 ? 0 : bin(numeric.edges().get(i - 1))] += numeric.probabilities().get(i);
    }
    long[] counts = new long[reference.size()];
    for (int bin = 0; bin < shares.length; bin++) {
      counts[bin] = Math.round(shares[bin] * (part.rows() - missing));
    }
    if (reference.hasGaps()) {
      counts[reference.missing()] = missing;
    }
    return reference.withCounts(counts);
  }

  /** Where the bins are, for distances. */
  public Scale scale() {
    return scale;
  }

  private static Scale scale(double[] edges, Sketch.Numeric sketch) {
    List<Double> middles = new ArrayList<>();
    for (int bin = 0; bin <= edges.length; bin++) {
      double low = bin == 0 ? sketch.min() : edges[bin - 1];
      double high = bin == edges.length ? sketch.max() : edges[bin];
      middles.add((low + high) / 2);
    }
    return new Scale(middles, sketch.std());
  }

  private static List<String> labels(double[] edges) {
    List<String> labels = new ArrayList<>();
    for (int bin = 0; bin <= edges.length; bin++) {
      if (edges.length == 0) {
        labels.add("any");
      } else if (bin == 0) {
        labels.add("below " + edges[0]);
      } else if (bin == edges.length) {
        labels.add("from " + edges[bin - 1]);
      } else {
        labels.add(edges[bin - 1] + " to " + edges[bin]);
      }
    }
    return labels;
  }

  /** Edges and shares with the neighbours put together that hold least, until there are few. */
  private static final class Merged {
    final double[] edges;
    final double[] shares;

    private Merged(double[] edges, double[] shares) {
      this.edges = edges;
      this.shares = shares;
    }

    static Merged of(Sketch.Numeric sketch) {
      List<Double> edges = new ArrayList<>(sketch.edges());
      List<Double> shares = new ArrayList<>(sketch.probabilities());
      while (shares.size() > MOST_VALUES) {
        int least = 0;
        for (int edge = 1; edge < edges.size(); edge++) {
          if (shares.get(edge) + shares.get(edge + 1) < shares.get(least) + shares.get(least + 1)) {
            least = edge;
          }
        }
        edges.remove(least);
        shares.set(least, shares.get(least) + shares.remove(least + 1));
      }
      return new Merged(toArray(edges), toArray(shares));
    }

    private static double[] toArray(List<Double> numbers) {
      return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  /**
   * Where bins are on the line of numbers.
   *
   * @param middles of the bins of values; the outer ones end where the training data did
   * @param deviation the standard deviation in training
   */
  public record Scale(List<Double> middles, double deviation) {
    public Scale {
      middles = List.copyOf(middles);
    }
  }
}
