package io.evenkeel.rollout;

import io.evenkeel.rollout.Observation.Answer;
import io.evenkeel.rollout.Observation.Comparison;
import io.evenkeel.rollout.Observation.Outcome;
import io.evenkeel.rollout.Observation.Subject;
import io.evenkeel.rollout.RolloutPlan.Step;
import io.evenkeel.rollout.Thinning.Standing;
import io.evenkeel.rollout.Traffic.Fate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decides which observations are evidence, and with what probability each was the canary's.
 *
 * <p>The split is a function of the routing key. So the tests' only chance is where the key lies,
 * and a key is evidence once in a step: the second time its arm is known. In a later step, a key
 * that was seen under the earlier share s, and wasn't the canary's, lies anywhere above s; it has
 * become the canary's with the probability {@code (share - s) / (1 - s)}, and one below s tells
 * nothing. A key that wasn't seen before is the canary's with the probability {@code share}. So
 * each step has a fresh chance though raising the share only moves keys one way, and a small circle
 * of users is evidence in each step anew.
 *
 * <p>An outcome comes late, perhaps in another step, and counts once for a key in the whole
 * rollout, with the share under which it was routed. Not thread-safe.
 */
final class Guard {
  private static final int ANSWER_BITS = 1 << 20;
  private static final int OTHER_BITS = 1 << 18;

  private final List<Step> steps;
  private final Detectors detectors;
  private final Thinning answers;
  private final @Nullable Thinning outcomes;
  private final @Nullable Thinning comparisons;
  private final Traffic traffic = new Traffic();
  private int step;

  Guard(RolloutPlan plan) {
    this.steps = plan.compared();
    this.detectors = new Detectors(plan);
    this.answers = Thinning.of(plan.perKey(), ANSWER_BITS);
    this.outcomes = isAsked(plan, "outcomes") ? Thinning.of(plan.perKey(), OTHER_BITS) : null;
    this.comparisons =
        isAsked(plan, "disagreement") ? Thinning.of(plan.perKey(), OTHER_BITS) : null;
  }

  private static boolean isAsked(RolloutPlan plan, String detector) {
    return plan.limits().stream().anyMatch(limit -> limit.detector().equals(detector));
  }

  void observe(Observation observation, Instant now) {
    switch (observation) {
      case Answer answer -> observeAnswer(answer, now);
      case Outcome outcome -> observeOutcome(outcome, now);
      case Comparison comparison -> observeComparison(comparison, now);
    }
  }

  private void observeAnswer(Answer answer, Instant now) {
    Subject subject = answer.subject();
    if (subject.step() != step) {
      traffic.add(Fate.LATE);
    } else if (!isWhereTheSplitPutsIt(subject)) {
      traffic.add(Fate.ELSEWHERE);
    } else {
      Standing standing = answers.note(subject.key(), now);
      double before = step == 0 ? 0 : steps.get(step - 1).share();
      boolean tells =
          standing == Standing.NEW
              || (standing == Standing.SEEN_BEFORE && subject.position() >= before);
      traffic.addAnswer(subject.arm(), tells ? Fate.COUNTED : Fate.REPEATED);
      if (tells) {
        double share = steps.get(step).share();
        double pi = standing == Standing.NEW ? share : (share - before) / (1 - before);
        detectors.observe(answer, pi, chance(subject.key()), now);
      }
    }
  }

  private void observeOutcome(Outcome outcome, Instant now) {
    Subject subject = outcome.subject();
    if (outcomes == null || subject.step() > step || !isWhereTheSplitPutsIt(subject)) {
      traffic.add(Fate.ELSEWHERE);
    } else if (outcomes.note(subject.key(), now) == Standing.REPEATED) {
      traffic.add(Fate.REPEATED);
    } else {
      traffic.addOutcome(subject.arm());
      double pi = steps.get(subject.step()).share();
      detectors.observe(outcome, pi, chance(subject.key()), now);
    }
  }

  private void observeComparison(Comparison comparison, Instant now) {
    if (comparisons == null) {
      traffic.add(Fate.ELSEWHERE);
    } else if (comparisons.note(comparison.key(), now) == Standing.REPEATED) {
      traffic.add(Fate.REPEATED);
    } else {
      traffic.add(Fate.COUNTED);
      detectors.observe(comparison, now);
    }
  }

  private boolean isWhereTheSplitPutsIt(Subject subject) {
    boolean isCanarys = subject.position() < steps.get(subject.step()).share();
    return isCanarys == (subject.arm() == Arm.CANARY);
  }

  private double chance(long key) {
    return Mix.chance(key, traffic.observed());
  }

  void beginStep() {
    step++;
    answers.beginStep();
    detectors.beginStep();
    traffic.beginStep();
  }

  int step() {
    return step;
  }

  Traffic traffic() {
    return traffic;
  }

  Detectors detectors() {
    return detectors;
  }

  Map<String, @Nullable Object> save() {
    Map<String, @Nullable Object> saved = new LinkedHashMap<>();
    saved.put("step", step);
    saved.put("traffic", traffic.save());
    saved.put("detectors", detectors.save());
    saved.put("answers", answers.save());
    saved.put("outcomes", outcomes == null ? null : outcomes.save());
    saved.put("comparisons", comparisons == null ? null : comparisons.save());
    return saved;
  }

  void load(JsonNode saved) {
    step = saved.get("step").intValue();
    traffic.load(saved.get("traffic"));
    detectors.load(saved.get("detectors"));
    answers.load(saved.get("answers"));
    if (outcomes != null) {
      outcomes.load(saved.get("outcomes"));
    }
    if (comparisons != null) {
      comparisons.load(saved.get("comparisons"));
    }
  }
}
