package io.evenkeel.monitoring.support;

import io.evenkeel.contract.Feature;
import io.evenkeel.contract.RowInspection.Remarks;

/** Something to say about a feature's value, in words that don't hold the value. */
record Remark(Feature feature, String rule, String message) {
  /** Far outside of the range that training had. */
  static final String BEYOND = "beyondReference";

  /** Never in training. */
  static final String UNSEEN = "unseenInReference";

  /** Hardly ever in training. */
  static final String RARE = "rareInReference";

  /** Far out by several values together. */
  static final String OUTLIER = "outlier";

  void addTo(Remarks remarks) {
    remarks.remark(feature, rule, message);
  }
}
