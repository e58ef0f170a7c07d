package io.evenkeel.monitoring.drift;

/** How much evidence of drift there is, in the order of the thresholds. */
public enum DriftLevel {
  /** Nothing to tell. */
  CALM,
  /** People should look. */
  INFORM,
  /** Enough evidence for the service to act by itself, if its other conditions hold. */
  ACT
}
