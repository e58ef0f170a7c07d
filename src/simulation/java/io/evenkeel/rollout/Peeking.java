package io.evenkeel.rollout;

import io.evenkeel.rollout.Observation.Answer;
import io.evenkeel.rollout.Observation.Outcome;

/**
 * What a rollout would do that looks at each of the canary's requests and rolls back as soon as an
 * ordinary test says so, or a threshold without a test is passed. Both are for comparison only.
 */
final class Peeking implements Playing.Listener {
  private static final int LEAST = 50;

  /** One-sided, at 1 %: a fifth of the 5 %, as each of five detectors gets. */
  private static final double CRITICAL = 2.326;

  private static final double SLOW_NANOS = 22.8e6;

  private final Tally failures = new Tally();
  private final Tally slow = new Tally();
  private final Tally wrong = new Tally();
  private boolean tested;
  private boolean passed;

  @Override
  public void observe(Observation observation) {
    switch (observation) {
      case Answer answer -> {
        Arm arm = answer.subject().arm();
        failures.add(arm, answer.failed());
        slow.add(arm, answer.latencyNanos() > SLOW_NANOS);
      }
      case Outcome outcome -> wrong.add(outcome.subject().arm(), outcome.loss() > 0);
      case Observation.Comparison comparison -> {}
    }
    tested |= isSignificant(failures) || isSignificant(slow) || isSignificant(wrong);
    ByArm now = failures.get();
    passed |=
        now.canary() >= LEAST
            && now.canaryBad() * now.stable() > 1.5 * now.stableBad() * now.canary()
            && now.canaryBad() > 0.01 * now.canary();
  }

  /** The test of two proportions with a pooled variance. */
  private static boolean isSignificant(Tally tally) {
    ByArm now = tally.get();
    if (now.canary() < LEAST) {
      return false;
    }
    double pooled = (double) (now.canaryBad() + now.stableBad()) / (now.canary() + now.stable());
    double variance = pooled * (1 - pooled) * (1.0 / now.canary() + 1.0 / now.stable());
    double difference =
        (double) now.canaryBad() / now.canary() - (double) now.stableBad() / now.stable();
    return difference > CRITICAL * Math.sqrt(variance);
  }

  /** Whether an ordinary test was ever significant. */
  boolean isRolledBackByTests() {
    return tested;
  }

  /** Whether the canary ever failed more than 1 % and 1.5 times as often. */
  boolean isRolledBackByThreshold() {
    return passed;
  }
}
