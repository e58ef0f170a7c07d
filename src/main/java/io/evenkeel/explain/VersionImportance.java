package io.evenkeel.explain;

import io.evenkeel.monitoring.Importance;
import io.evenkeel.monitoring.Importance.Spread;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much each feature of one version matters lately: sums over the window that is being filled,
 * and what the last full one said. 16 bytes a feature, and as much again for the last window. One
 * thread adds; others may look.
 */
final class VersionImportance {
  private final List<String> names;
  private final @Nullable Importance reference;
  private final int window;
  private double[] means;
  private double[] squares;
  private int rows;
  private @Nullable ImportanceReport last;

  /**
   * @param names the features, in the contract's order
   * @param reference how much they mattered in training; null where that isn't known
   * @param window how many rows are judged together
   */
  VersionImportance(List<String> names, @Nullable Importance reference, int window) {
    this.names = List.copyOf(names);
    this.reference = reference;
    this.window = window;
    this.means = new double[names.size()];
    this.squares = new double[names.size()];
  }

  /**
   * Takes in what one row says.
   *
   * @param attributions by feature
   */
  synchronized void add(double[] attributions) {
    rows++;
    for (int i = 0; i < means.length; i++) {
      double size = Math.abs(attributions[i]);
      double deviation = size - means[i];
      means[i] += deviation / rows;
      squares[i] += deviation * (size - means[i]);
    }
    if (rows == window) {
      last = judged();
      means = new double[means.length];
      squares = new double[squares.length];
      rows = 0;
    }
  }

  private ImportanceReport judged() {
    double bound =
        reference == null
            ? Double.NaN
            : ImportanceShift.bound(Math.min(rows, reference.rows()), names.size());
    List<ImportanceReport.OfFeature> features = new ArrayList<>();
    for (int i = 0; i < means.length; i++) {
      Spread lately = new Spread(means[i], Math.sqrt(squares[i] / (rows - 1)));
      Spread before = reference == null ? null : reference.features().get(names.get(i));
      double statistic =
          before == null || reference == null
              ? Double.NaN
              : ImportanceShift.statistic(lately, rows, before, reference.rows());
      features.add(new ImportanceReport.OfFeature(names.get(i), lately, before, statistic));
    }
    return new ImportanceReport(rows, bound, features);
  }

  /** What the last full window said; null before there is one. */
  synchronized @Nullable ImportanceReport last() {
    return last;
  }

  /** How many rows are in the window that isn't full yet. */
  synchronized int rowsSince() {
    return rows;
  }

  /** A feature's statistic in the last full window; NaN where there is none. */
  double statistic(int feature) {
    ImportanceReport report = last();
    return report == null ? Double.NaN : report.features().get(feature).statistic();
  }
}
