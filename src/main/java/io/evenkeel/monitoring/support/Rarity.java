package io.evenkeel.monitoring.support;

import java.util.Arrays;
import java.util.List;

/**
 * From which share of the training rows down something is rare: under {@value #MOST_EACH}, and so
 * seldom that all rare things together are in no more than {@value #MOST_TOGETHER} of the rows. So
 * of normal rows no more than that are warned of, however many features there are. Immutable.
 */
final class Rarity {
  static final double MOST_EACH = 0.001;
  static final double MOST_TOGETHER = 0.004;

  private final double limit;

  /**
   * @param shares of all that could be rare
   */
  Rarity(List<Double> shares) {
    double[] ascending =
        shares.stream().mapToDouble(Double::doubleValue).filter(s -> s < MOST_EACH).toArray();
    Arrays.sort(ascending);
    this.limit = limit(ascending);
  }

  private static double limit(double[] ascending) {
    double limit = 0;
    double sum = 0;
    for (int i = 0; i < ascending.length; i++) {
      sum += ascending[i];
      if (sum > MOST_TOGETHER) {
        break;
      }
      // What has the same share is rare together or not at all.
      if (i + 1 == ascending.length || ascending[i + 1] > ascending[i]) {
        limit = ascending[i];
      }
    }
    return limit;
  }

  /** Whether something with this share of the rows is rare; what has none is unseen. */
  boolean isRare(double share) {
    return share > 0 && share <= limit;
  }
}
