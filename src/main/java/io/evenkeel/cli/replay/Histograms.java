package io.evenkeel.cli.replay;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes histograms whose bins are the same for both versions. */
final class Histograms {
  private static final int BINS = 31;

  private Histograms() {}

  /** Evenly spaced edges; a single bin where there is no distance. */
  static List<Double> edges(double low, double high) {
    List<Double> edges = new ArrayList<>();
    int bins = high > low ? BINS : 1;
    for (int i = 0; i <= bins; i++) {
      edges.add(low + (high - low) * i / bins);
    }
    return edges;
  }

  static ReplayReport.@Nullable Distribution of(String name, Quantiles values, List<Double> edges) {
    return values.isEmpty()
        ? null
        : new ReplayReport.Distribution(
            name, values.mean(), values.at(0.5), edges, values.shares(edges));
  }
}
