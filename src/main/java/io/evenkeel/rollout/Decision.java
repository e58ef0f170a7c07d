package io.evenkeel.rollout;

import java.time.Duration;
import java.util.List;

/** What a rollout wants done. It isn't done until {@link Rollout#take} says that it was. */
public sealed interface Decision {
  /**
   * Nothing yet.
   *
   * @param reason why not
   * @param requests of the canary's that were counted in this step
   * @param requestsNeeded how many there have to be
   * @param timeLeft of the step's least time; zero when it is over
   */
  record Stay(String reason, long requests, long requestsNeeded, Duration timeLeft)
      implements Decision {}

  /**
   * The canary gets the next step's share.
   *
   * @param step counted from 0
   * @param share of the traffic, below 1
   */
  record Advance(int step, double share) implements Decision {}

  /** The canary becomes stable. */
  record Promote(String reason, List<Evidence> evidence) implements Decision {
    public Promote {
      evidence = List.copyOf(evidence);
    }
  }

  /**
   * The canary gets no more traffic.
   *
   * @param evidence of all detectors; those that are enough say so
   */
  record RollBack(String reason, List<Evidence> evidence) implements Decision {
    public RollBack {
      evidence = List.copyOf(evidence);
    }
  }

  /** The share stays until a person decides. */
  record Pause(String reason) implements Decision {}
}
