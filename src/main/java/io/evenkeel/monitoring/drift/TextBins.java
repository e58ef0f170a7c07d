package io.evenkeel.monitoring.drift;

import io.evenkeel.monitoring.Sketch;
import io.evenkeel.monitoring.drift.StreamReference.Order;
import io.evenkeel.monitoring.drift.StreamReference.Unseen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bins of texts: one for each of the most frequent, one for the others. A text that the reference
 * doesn't name is unseen, unless the reference holds others that it doesn't name either: then it is
 * one of those. Immutable.
 */
public final class TextBins implements Binning {
  static final int MOST_VALUES = 20;

  private final StreamReference reference;
  private final Map<String, Integer> bins;
  private final int unnamed;

  private TextBins(StreamReference reference, Map<String, Integer> bins, int unnamed) {
    this.reference = reference;
    this.bins = Map.copyOf(bins);
    this.unnamed = unnamed;
  }

  static TextBins ofInput(String name, Sketch.Categorical sketch) {
    long missing = Math.round(sketch.missing() * sketch.rows());
    Named named = Named.of(sketch, sketch.rows() - missing);
    named.add("missing", missing);
    int unnamed = named.other;
    if (sketch.other() == 0) {
      unnamed = named.add("unseen", 0);
    }
    Unseen unseen = sketch.other() == 0 ? Unseen.HAS_A_BIN : Unseen.IS_AMONG_THE_OTHERS;
    StreamReference reference =
        StreamReference.withGaps(name, Order.NOMINAL, named.labels, named.counts(), unseen);
    return new TextBins(reference, named.bins, unnamed);
  }

  static TextBins ofOutput(String name, DriftGroup group, Sketch.Categorical sketch) {
    Named named = Named.of(sketch, sketch.rows());
    int unnamed = named.other == StreamReference.NONE ? named.add("unseen", 0) : named.other;
    StreamReference reference =
        StreamReference.of(name, group, Order.NOMINAL, named.labels, named.counts());
    return new TextBins(reference, named.bins, unnamed);
  }

  /** The bin of a text; null is missing. */
  public int bin(@Nullable String text) {
    if (text == null) {
      return reference.missing();
    }
    Integer bin = bins.get(text);
    return bin == null ? unnamed : bin;
  }

  @Override
  public StreamReference reference() {
    return reference;
  }

  @Override
  public StreamReference reference(Sketch part) {
    if (!(part instanceof Sketch.Categorical texts)) {
      throw new IllegalArgumentException("numbers for the texts " + reference.name());
    }
    long missing = reference.hasGaps() ? Math.round(texts.missing() * texts.rows()) : 0;
    double[] shares = new double[reference.size()];
    shares[unnamed] = texts.other();
    texts.categories().forEach((text, share) -> shares[bin(text)] += share);
    long[] counts = new long[shares.length];
    for (int bin = 0; bin < shares.length; bin++) {
      counts[bin] = Math.round(shares[bin] * (texts.rows() - missing));
    }
    if (reference.hasGaps()) {
      counts[reference.missing()] = missing;
    }
    return reference.withCounts(counts);
  }

  /** The bins while they are gathered. */
  private static final class Named {
    final List<String> labels = new ArrayList<>();
    final List<Long> rows = new ArrayList<>();
    final Map<String, Integer> bins = new HashMap<>();
    int other = StreamReference.NONE;

    static Named of(Sketch.Categorical sketch, long present) {
      Named named = new Named();
      double others = sketch.other();
      List<Map.Entry<String, Double>> frequent = new ArrayList<>(sketch.categories().entrySet());
      frequent.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
      for (Map.Entry<String, Double> category : frequent) {
        if (named.labels.size() < MOST_VALUES) {
          int bin = named.add(category.getKey(), Math.round(category.getValue() * present));
          named.bins.put(category.getKey(), bin);
        } else {
          others += category.getValue();
        }
      }
      if (others > 0 || frequent.size() > MOST_VALUES) {
        named.other = named.add("other", Math.round(others * present));
        frequent.forEach(category -> named.bins.putIfAbsent(category.getKey(), named.other));
      }
      return named;
    }

    int add(String label, long count) {
      labels.add(label);
      rows.add(count);
      return labels.size() - 1;
    }

    long[] counts() {
      return rows.stream().mapToLong(Long::longValue).toArray();
    }
  }
}
