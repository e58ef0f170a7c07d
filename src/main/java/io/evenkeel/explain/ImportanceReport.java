package io.evenkeel.explain;

import io.evenkeel.monitoring.Importance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which features mattered in a window, and whether in training others did.
 *
 * @param rows in the window
 * @param bound from which absolute statistic on a feature is said to have shifted; NaN where the
 *     reference doesn't say how much features mattered
 * @param features in the contract's order
 */
public record ImportanceReport(int rows, double bound, List<OfFeature> features) {
  public ImportanceReport {
    features = List.copyOf(features);
  }

  /**
   * One feature.
   *
   * @param reference how much it mattered in training; null where that isn't known
   * @param statistic the difference in standard errors, positive where it matters more; NaN where
   *     that isn't known
   */
  public record OfFeature(
      String name,
      Importance.Spread lately,
      Importance.@Nullable Spread reference,
      double statistic) {}

  /** Whether a feature matters more or less than chance explains. */
  public boolean hasShifted(OfFeature feature) {
    return Math.abs(feature.statistic()) >= bound;
  }
}
