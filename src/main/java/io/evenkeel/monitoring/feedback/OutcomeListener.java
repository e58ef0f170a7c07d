package io.evenkeel.monitoring.feedback;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants to know what became of predictions. Called after the outcome was kept, on the
 * thread that keeps them; what it throws is logged.
 */
public interface OutcomeListener {
  /**
   * An outcome is known now.
   *
   * @param before the outcome that it takes the place of; null where it is the first
   */
  void judged(KeptPrediction prediction, KnownOutcome outcome, @Nullable KnownOutcome before);
}
