package io.evenkeel.monitoring.quality;

import java.util.List;

/**
 * An estimate of the accuracy of classifications whose outcome nobody knows yet: the mean of their
 * calibrated confidences ("confidence-based performance estimation", CBPE; the sum of independent
 * Bernoulli variables has the sum of their probabilities as its mean, whatever they are). It holds
 * as long as only the inputs shift: where the same input has come to mean another outcome, no
 * confidence knows it.
 *
 * @param value the estimate
 * @param rows of how many classifications
 * @param calibratedOn by how many outcomes the confidences were calibrated; 0 where they are taken
 *     for what they say
 */
public record ExpectedAccuracy(double value, int rows, int calibratedOn) {

  /**
   * Estimates it.
   *
   * @param predictions at least one
   */
  public static ExpectedAccuracy of(List<Predicted.Classes> predictions, Calibration calibration) {
    double sum = predictions.stream().mapToDouble(calibration::of).sum();
    return new ExpectedAccuracy(sum / predictions.size(), predictions.size(), calibration.rows());
  }

  /** What to think of it, for people. */
  public String note() {
    return calibratedOn == 0
        ? "an estimate without outcomes, and too few of them to calibrate confidences: they are"
            + " taken for what they say"
        : "an estimate from calibrated confidences: it holds where only the inputs have shifted,"
            + " not where they have come to mean something else";
  }
}
