package io.evenkeel.control.rollouts;

import io.evenkeel.monitoring.feedback.KeptPrediction;
import io.evenkeel.monitoring.feedback.KnownOutcome;
import io.evenkeel.monitoring.feedback.Outcome;
import io.evenkeel.monitoring.feedback.OutcomeListener;
import io.evenkeel.monitoring.quality.Predicted;
import io.evenkeel.rollout.Arm;
import io.evenkeel.rollout.Observation;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Tells rollouts how good the answers were that their split decided. The first outcome of a
 * prediction counts, and a correction of it doesn't: what was bet on can't be taken back. An
 * outcome belongs to the step under whose routes its request came. Thread-safe.
 */
public final class RolloutOutcomes implements OutcomeListener {
  private final RolloutControl rollouts;
  private final InstantSource clock;

  public RolloutOutcomes(RolloutControl rollouts, InstantSource clock) {
    this.rollouts = rollouts;
    this.clock = clock;
  }

  @Override
  public void judged(
      KeptPrediction prediction, KnownOutcome outcome, @Nullable KnownOutcome before) {
    LiveRollout one = rollouts.find(prediction.model());
    if (one == null || before != null) {
      return;
    }
    KeptPrediction.Route route = prediction.route();
    Arm arm = one.arm(route.role(), prediction.version());
    int step = one.stepAt(route.revision());
    double loss = loss(prediction.predicted(), outcome.outcome());
    if (arm != null && step >= 0 && !Double.isNaN(loss)) {
      Observation.Subject subject =
          new Observation.Subject(step, arm, route.hash().key(), route.hash().position());
      one.rollout().observe(new Observation.Outcome(subject, loss), clock.instant());
    }
  }

  private static double loss(Predicted predicted, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Label(String label) when predicted instanceof Predicted.Classes classes ->
          classes.label().equals(label) ? 0 : 1;
      case Outcome.Value(double came) when predicted instanceof Predicted.Value(double value) ->
          Math.abs(value - came);
      case Outcome.Label ignored -> Double.NaN;
      case Outcome.Value ignored -> Double.NaN;
    };
  }
}
