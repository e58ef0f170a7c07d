package io.evenkeel.rollout;

import io.evenkeel.rollout.Observation.Subject;
import io.evenkeel.rollout.World.Request;
import io.evenkeel.rollout.World.Version;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;

/** A rollout in a world, request by request, in virtual time, until it is over or paused. */
final class Playing {
  private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");
  private static final int LOOK_EVERY = 20;
  private static final int OUTCOME_DELAY = 300;
  private static final double OUTCOMES = 0.3;
  private static final double COMPARISONS = 0.2;

  private final World world;
  private final Rollout rollout;
  private final SplittableRandom random;
  private final long salt;
  private final Queue<Observation.Outcome> coming = new ArrayDeque<>();
  private final List<Listener> listeners = new ArrayList<>();
  private double seconds;
  private long requests;
  private long canaryRequests;

  /** Who is told of each answer beside the rollout. */
  interface Listener {
    void observe(Observation observation);
  }

  /**
   * How it went.
   *
   * @param detectors whose evidence was enough
   */
  record Ending(
      Rollout.State state,
      List<String> detectors,
      int step,
      long requests,
      long canaryRequests,
      double hours) {
    boolean isRolledBackFor(String detector) {
      return state == Rollout.State.ROLLED_BACK && detectors.contains(detector);
    }
  }

  Playing(World world, RolloutPlan plan, long seed) {
    this.world = world;
    this.rollout = new Rollout(plan, MIDNIGHT);
    this.random = new SplittableRandom(Mix.mix(seed));
    this.salt = random.nextLong();
  }

  Playing tell(Listener listener) {
    listeners.add(listener);
    return this;
  }

  Rollout rollout() {
    return rollout;
  }

  Instant now() {
    return MIDNIGHT.plusNanos((long) (seconds * 1e9));
  }

  Ending play() {
    while (rollout.state() == Rollout.State.RUNNING) {
      for (int i = 0; i < LOOK_EVERY; i++) {
        request();
      }
      rollout.take(rollout.decide(now()), now());
    }
    List<String> enough = new ArrayList<>();
    for (Evidence evidence : rollout.report(now()).evidence()) {
      if (evidence.isEnough()) {
        enough.add(evidence.detector());
      }
    }
    return new Ending(
        rollout.state(), enough, rollout.step(), requests, canaryRequests, seconds / 3600);
  }

  /** One request, with what becomes known because of it. */
  void request() {
    double day = seconds / 86_400;
    seconds += -Math.log(1 - random.nextDouble()) / world.perSecond(day);
    Request request = world.next(random, salt, day);
    Arm arm = request.position() < rollout.share() ? Arm.CANARY : Arm.STABLE;
    Version version = arm == Arm.CANARY ? world.canary() : world.stable();
    Subject subject = new Subject(rollout.step(), arm, request.key(), request.position());
    requests++;
    canaryRequests += arm == Arm.CANARY ? 1 : 0;
    tell(world.answer(request, subject, version, random));
    if (random.nextDouble() < OUTCOMES) {
      double wrong = random.nextDouble() < version.wrong() ? 1 : 0;
      double loss = Math.abs(random.nextGaussian()) * version.loss();
      coming.add(new Observation.Outcome(subject, isLossAsked() ? loss : wrong));
    }
    if (coming.size() > OUTCOMES * OUTCOME_DELAY) {
      tell(coming.remove());
    }
    if (random.nextDouble() < COMPARISONS) {
      boolean disagrees = random.nextDouble() < world.disagreement();
      tell(new Observation.Comparison(request.key(), !disagrees, 0));
    }
  }

  private boolean isLossAsked() {
    return rollout.plan().limits().stream().anyMatch(Limit.Loss.class::isInstance);
  }

  private void tell(Observation observation) {
    rollout.observe(observation, now());
    for (Listener listener : listeners) {
      listener.observe(observation);
    }
  }
}
