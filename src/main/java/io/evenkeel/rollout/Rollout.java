package io.evenkeel.rollout;

import io.evenkeel.rollout.Decision.Advance;
import io.evenkeel.rollout.Decision.Pause;
import io.evenkeel.rollout.Decision.Promote;
import io.evenkeel.rollout.Decision.RollBack;
import io.evenkeel.rollout.Decision.Stay;
import io.evenkeel.rollout.RolloutPlan.AfterMaxStepTime;
import io.evenkeel.rollout.RolloutPlan.Step;
import io.evenkeel.rollout.Traffic.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A canary on its way from its first share of the traffic to all of it, or back to none. It is told
 * what was observed and asked what to do; whoever asks changes the routes, and says so.
 *
 * <p>After the last step that compares, the canary is promoted at once: at 100 % there is no stable
 * version beside it, so every limit would compare two periods, and a bad hour would look like a bad
 * canary. What happens to the promoted version is told by monitoring, as of any other.
 *
 * <p>A paused rollout keeps its share and goes on gathering evidence: it can still be rolled back.
 * Thread-safe: each call holds the rollout's lock, for about a microsecond for an observation.
 */
public final class Rollout {
  private static final int FORMAT = 1;

  private final RolloutPlan plan;
  private final List<Step> steps;
  private final Guard guard;
  private final Instant startedAt;
  private State state = State.RUNNING;
  private Instant stepStartedAt;

  /** Why it is paused or over; empty while it runs. */
  private String reason = "";

  /** Where a rollout may be in its life. */
  public enum State {
    RUNNING,
    PAUSED,
    PROMOTED,
    ROLLED_BACK,
    ABORTED;

    /** Whether nothing more will come of it. */
    public boolean isOver() {
      return this != RUNNING && this != PAUSED;
    }
  }

  /** A rollout that begins with its plan's first step, which is in force from now on. */
  public Rollout(RolloutPlan plan, Instant now) {
    this(plan, now, now);
  }

  private Rollout(RolloutPlan plan, Instant startedAt, Instant stepStartedAt) {
    this.plan = plan;
    this.steps = plan.compared();
    this.guard = new Guard(plan);
    this.startedAt = startedAt;
    this.stepStartedAt = stepStartedAt;
  }

  public RolloutPlan plan() {
    return plan;
  }

  public synchronized State state() {
    return state;
  }

  /** The step in force, from 0. */
  public synchronized int step() {
    return guard.step();
  }

  /** What the step in force gives to the canary, above 0 and below 1. */
  public synchronized double share() {
    return steps.get(guard.step()).share();
  }

  /** Takes note of what became known; of nothing once the rollout is over. */
  public synchronized void observe(Observation observation, Instant now) {
    if (!state.isOver()) {
      guard.observe(observation, now);
    }
  }

  /** What should be done at this moment. Changes nothing. */
  public synchronized Decision decide(Instant now) {
    if (state.isOver()) {
      return stay(reason, now);
    }
    if (guard.detectors().areEnough()) {
      return new RollBack(sentences(Evidence::isEnough), guard.detectors().evidence());
    }
    if (state == State.PAUSED) {
      return stay(reason, now);
    }
    String lacking = lacking(now);
    if (lacking != null) {
      return elapsed(now).compareTo(plan.maxStepTime()) < 0 ? stay(lacking, now) : giveUp(lacking);
    }
    int next = guard.step() + 1;
    return next < steps.size()
        ? new Advance(next, steps.get(next).share())
        : new Promote("all steps are done", guard.detectors().evidence());
  }

  private Decision giveUp(String lacking) {
    String why =
        "step %s isn't done after %s: %s"
            .formatted(
                Words.written(steps.get(guard.step()).share()),
                Words.duration(plan.maxStepTime()),
                lacking);
    return plan.afterMaxStepTime() == AfterMaxStepTime.PAUSE
        ? new Pause(why)
        : new RollBack(why, guard.detectors().evidence());
  }

  /** What the step in force still needs; null where it is done. */
  private @Nullable String lacking(Instant now) {
    Step step = steps.get(guard.step());
    Traffic traffic = guard.traffic();
    long counted = traffic.counted(Arm.CANARY);
    if (counted < step.requests()) {
      long answered = traffic.answered(Arm.CANARY);
      return "%s of %s requests of the canary's counted%s"
          .formatted(
              Words.count(counted),
              Words.count(step.requests()),
              answered == counted ? "" : " (of " + Words.count(answered) + " answered)");
    }
    long outcomes = traffic.outcomes();
    int outcomesNeeded = guard.step() == steps.size() - 1 ? outcomesNeeded() : 0;
    if (outcomes < outcomesNeeded) {
      return "%s of %s outcomes of the canary's counted"
          .formatted(Words.count(outcomes), Words.count(outcomesNeeded));
    }
    if (!timeLeft(now).isZero()) {
      return Words.duration(timeLeft(now)) + " of the step's time left";
    }
    return guard.detectors().areDoubtful() ? "in doubt: " + sentences(Evidence::isDoubtful) : null;
  }

  private int outcomesNeeded() {
    return plan.limits().stream()
        .filter(Limit.Outcomes.class::isInstance)
        .mapToInt(limit -> ((Limit.Outcomes) limit).atLeast())
        .findFirst()
        .orElse(0);
  }

  private String sentences(Predicate<Evidence> which) {
    return guard.detectors().evidence().stream()
        .filter(which)
        .map(Evidence::sentence)
        .collect(Collectors.joining("; "));
  }

  private Stay stay(String why, Instant now) {
    return new Stay(
        why,
        guard.traffic().counted(Arm.CANARY),
        steps.get(guard.step()).requests(),
        timeLeft(now));
  }

  private Duration elapsed(Instant now) {
    return Duration.between(stepStartedAt, now);
  }

  private Duration timeLeft(Instant now) {
    Duration left = steps.get(guard.step()).time().minus(elapsed(now));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /**
   * Says that a decision was carried out, so that the rollout goes on from there. What is observed
   * from now on under the new step has the new step's number.
   *
   * @throws IllegalStateException if the decision doesn't fit the state, such as a second {@code
   *     Advance} to the same step
   */
  public synchronized void take(Decision decision, Instant now) {
    switch (decision) {
      case Stay stay -> {}
      case Advance advance -> advance(advance, now);
      case Promote promote -> end(State.PROMOTED, promote.reason());
      case RollBack back -> end(State.ROLLED_BACK, back.reason());
      case Pause pause -> pause(pause.reason());
    }
  }

  private void advance(Advance advance, Instant now) {
    requireState(State.RUNNING);
    if (advance.step() != guard.step() + 1 || advance.step() >= steps.size()) {
      throw new IllegalStateException(
          "the rollout is in step " + guard.step() + ", not before step " + advance.step());
    }
    guard.beginStep();
    stepStartedAt = now;
  }

  private void end(State ending, String why) {
    if (state.isOver()) {
      throw new IllegalStateException("the rollout is " + state + " already");
    }
    state = ending;
    reason = why;
  }

  /**
   * Keeps the share as it is until {@link #resume}.
   *
   * @throws IllegalStateException if it doesn't run
   */
  public synchronized void pause(String why) {
    requireState(State.RUNNING);
    state = State.PAUSED;
    reason = why;
  }

  /**
   * Goes on. The step's time begins anew; what was counted stays.
   *
   * @throws IllegalStateException if it isn't paused
   */
  public synchronized void resume(Instant now) {
    requireState(State.PAUSED);
    state = State.RUNNING;
    reason = "";
    stepStartedAt = now;
  }

  /**
   * Ends it by a person's word.
   *
   * @throws IllegalStateException if it is over
   */
  public synchronized void abort(String why) {
    end(State.ABORTED, why);
  }

  private void requireState(State required) {
    if (state != required) {
      throw new IllegalStateException("the rollout is " + state + ", not " + required);
    }
  }

  /** How it stands. */
  public synchronized RolloutReport report(Instant now) {
    Traffic traffic = guard.traffic();
    String why = reason;
    if (!state.isOver() && guard.detectors().areEnough()) {
      why = "worse: " + sentences(Evidence::isEnough);
    } else if (state == State.RUNNING) {
      String lacking = lacking(now);
      why = lacking == null ? "the step is done" : lacking;
    }
    return new RolloutReport(
        state,
        guard.step(),
        steps.size(),
        steps.get(guard.step()).share(),
        startedAt,
        stepStartedAt,
        why,
        new RolloutReport.StepTraffic(
            traffic.answered(Arm.CANARY),
            traffic.counted(Arm.CANARY),
            traffic.answered(Arm.STABLE),
            traffic.counted(Arm.STABLE)),
        new RolloutReport.Ignored(
            traffic.of(Fate.REPEATED), traffic.of(Fate.LATE), traffic.of(Fate.ELSEWHERE)),
        traffic.outcomes(),
        guard.detectors().evidence());
  }

  /**
   * All that it knows, as JSON: {@link #restore} goes on with the same evidence. Some kilobytes, up
   * to 700 where very many keys were seen.
   */
  public synchronized String snapshot() {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put("format", FORMAT);
    saved.put("plan", plan.toJson());
    saved.put("state", state.name());
    saved.put("reason", reason);
    saved.put("startedAt", startedAt.toString());
    saved.put("stepStartedAt", stepStartedAt.toString());
    saved.put("guard", guard.save());
    return JsonMapper.shared().writeValueAsString(saved);
  }

  /**
   * A rollout from what {@link #snapshot} wrote.
   *
   * @throws IllegalArgumentException if that can't be read
   */
  public static Rollout restore(String snapshot) {
    try {
      JsonNode saved = JsonMapper.shared().readTree(snapshot);
      int format = saved.path("format").asInt(0);
      if (format != FORMAT) {
        throw new IllegalArgumentException(
            "the rollout was saved in format " + format + ", and this server reads " + FORMAT);
      }
      Rollout rollout =
          new Rollout(
              RolloutPlan.parse("rollout", saved.get("plan").toString()),
              Instant.parse(saved.get("startedAt").stringValue()),
              Instant.parse(saved.get("stepStartedAt").stringValue()));
      rollout.load(saved);
      return rollout;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("the saved rollout is no JSON", e);
    }
  }

  private synchronized void load(JsonNode saved) {
    state = State.valueOf(saved.get("state").stringValue());
    reason = saved.get("reason").stringValue();
    guard.load(saved.get("guard"));
  }
}
