package io.evenkeel.preprocess;

import io.evenkeel.contract.Row;

/**
 * A feature's number after imputation and scaling; missing values become {@code missing} first.
 * Immutable.
 */
final class NumberSource {
  private final int feature;
  private final int slot;
  private final double missing;
  private final Transform.Scaling[] scalings;

  NumberSource(int feature, int slot, double missing, Transform.Scaling[] scalings) {
    this.feature = feature;
    this.slot = slot;
    this.missing = missing;
    this.scalings = scalings.clone();
  }

  /** The position in the contract of the feature it reads. */
  int feature() {
    return feature;
  }

  double read(Row row) {
    return scaled(row.isMissing(feature) ? missing : row.number(slot));
  }

  /**
   * The element of a tensor at a distance from its first; the tensor's missing value counts for
   * each.
   */
  double read(Row row, int element) {
    return scaled(row.isMissing(feature) ? missing : row.number(slot + element));
  }

  private double scaled(double value) {
    double scaled = value;
    for (Transform.Scaling scaling : scalings) {
      scaled = scaling.apply(scaled);
    }
    return scaled;
  }
}
