package io.evenkeel.monitoring.quality;

import java.util.Locale;

/** The figures of quality. Their words are stable: answers and meters carry them. */
public enum Metric {
  /** The share of right classifications. */
  ACCURACY,
  /** The area under the ROC curve. */
  AUC,
  /** The harmonic mean of precision and recall. */
  F1,
  /** Brier's score; less is better. */
  BRIER,
  /** The expected calibration error; less is better. */
  ECE,
  /** The accuracy that calibrated confidences let expect, without outcomes. */
  EXPECTED_ACCURACY,
  /** The mean absolute error, in the value's unit. */
  MAE,
  /** The root of the mean squared error, in the value's unit. */
  RMSE;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  public String word() {
    return word;
  }

  /** Whether more of it is better. */
  public boolean isBetterHigh() {
    return switch (this) {
      case ACCURACY, AUC, F1, EXPECTED_ACCURACY -> true;
      case BRIER, ECE, MAE, RMSE -> false;
    };
  }

  /** Whether it is a figure of predicted values, and not of classes. */
  public boolean isOfValues() {
    return this == MAE || this == RMSE;
  }
}
