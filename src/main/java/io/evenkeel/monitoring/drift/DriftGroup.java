package io.evenkeel.monitoring.drift;

/** What a stream of bins tells of. Each group has its share of the alarm budget. */
public enum DriftGroup {
  /** The features' values. */
  INPUTS,
  /** The predicted label or value. */
  PREDICTIONS,
  /** The probability of the predicted label. */
  CONFIDENCE,
  /** Whether a row broke the contract. */
  VIOLATIONS,
  /** Whether a feature's value was there, missing, or none that training has seen. */
  GAPS
}
