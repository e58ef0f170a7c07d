package io.evenkeel.rollout;

import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.Quantity;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.contract.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * By which steps a canary gets the traffic, and what rolls it back. Immutable.
 *
 * @param steps of rising shares
 * @param maxStepTime after which a step that isn't done ends
 * @param afterMaxStepTime how it ends
 * @param falseRollbackRate the probability with which an equal canary is rolled back at most, over
 *     the whole rollout and all detectors
 * @param perKey how many requests of a routing key count
 * @param limits for each detector that watches; at most one of a kind
 */
public record RolloutPlan(
    List<Step> steps,
    Duration maxStepTime,
    AfterMaxStepTime afterMaxStepTime,
    double falseRollbackRate,
    PerKey perKey,
    List<Limit> limits) {
  private static final int MOST_STEPS = 20;

  /**
   * A step.
   *
   * @param share of the traffic that the canary gets, above 0 and up to 1
   * @param time for which it lasts at least
   * @param requests of the canary's that have to be counted at least
   */
  public record Step(double share, Duration time, int requests) {
    public Step {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException("share " + share + " isn't above 0% and up to 100%");
      }
      if (time.toMillis() < 1) {
        throw new IllegalArgumentException("time " + time + " is less than a millisecond");
      }
      if (requests < 1) {
        throw new IllegalArgumentException("requests " + requests + " is less than 1");
      }
    }

    /** Whether there is no stable version left to compare with. */
    public boolean isWhole() {
      return share == 1;
    }
  }

  /** What becomes of a rollout whose step isn't done in time. */
  public enum AfterMaxStepTime {
    PAUSE,
    ROLL_BACK
  }

  public RolloutPlan {
    steps = List.copyOf(steps);
    limits = List.copyOf(limits);
    requireSteps(steps);
    for (Step step : steps) {
      if (maxStepTime.compareTo(step.time()) <= 0) {
        throw new IllegalArgumentException(
            "maxStepTime "
                + Words.duration(maxStepTime)
                + " isn't longer than the "
                + Words.duration(step.time())
                + " of step "
                + Words.written(step.share()));
      }
    }
    if (!(falseRollbackRate > 0 && falseRollbackRate <= 0.5)) {
      throw new IllegalArgumentException(
          "falseRollbackRate " + falseRollbackRate + " isn't above 0% and up to 50%");
    }
    if (limits.isEmpty()) {
      throw new IllegalArgumentException("there are no limits, so nothing could be rolled back");
    }
    Set<String> detectors = new HashSet<>();
    for (Limit limit : limits) {
      if (!detectors.add(limit.detector())) {
        throw new IllegalArgumentException("two limits on " + limit.detector());
      }
    }
  }

  private static void requireSteps(List<Step> steps) {
    if (steps.isEmpty() || steps.size() > MOST_STEPS) {
      throw new IllegalArgumentException("steps are 1 to " + MOST_STEPS);
    }
    if (steps.getFirst().isWhole()) {
      throw new IllegalArgumentException(
          "the first step is 100%, which leaves nothing to compare with; begin with less");
    }
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i).share() <= steps.get(i - 1).share()) {
        throw new IllegalArgumentException("steps don't rise: each has to be above the one before");
      }
    }
  }

  /** The steps in which the two versions are compared: those below 100 %. */
  public List<Step> compared() {
    return steps.getLast().isWhole() ? steps.subList(0, steps.size() - 1) : steps;
  }

  /**
   * What a detector's stake has to become before the canary is rolled back: the inverse of the
   * detector's part of {@code falseRollbackRate}. By the union bound the parts add up to the whole,
   * however the detectors depend on each other.
   */
  public double needed(Limit limit) {
    double weights = limits.stream().mapToDouble(Limit::weight).sum();
    return weights / (falseRollbackRate * limit.weight());
  }

  /**
   * Reads a plan, YAML or JSON.
   *
   * @param file what mistakes call it
   * @throws UnusableModelException with every mistake found
   */
  public static RolloutPlan parse(String file, String text) {
    Mistakes mistakes = new Mistakes();
    YamlNode document = YamlNode.parse(file, text, mistakes);
    RolloutPlan plan = new PlanReader(document).read();
    mistakes.throwIfAny();
    return plan;
  }

  /**
   * Reads a plan that stands within another document, whose mistakes are collected.
   *
   * @return a plan to go on with where mistakes were noted
   */
  public static RolloutPlan read(YamlNode node) {
    return new PlanReader(node).read();
  }

  /** The plan as {@link #parse} reads it. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    List<Object> written = new ArrayList<>();
    for (Step step : steps) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("share", Words.written(step.share()));
      one.put("time", Quantity.DURATION.written(step.time().toMillis()));
      one.put("requests", step.requests());
      written.add(one);
    }
    json.put("steps", written);
    json.put("maxStepTime", Quantity.DURATION.written(maxStepTime.toMillis()));
    json.put("afterMaxStepTime", YamlNode.written(afterMaxStepTime));
    json.put("falseRollbackRate", Words.written(falseRollbackRate));
    json.put("perKey", perKey.toString());
    Map<String, Object> limited = new LinkedHashMap<>();
    limits.forEach(limit -> limited.put(limit.detector(), limit.toJson()));
    json.put("limits", limited);
    return json;
  }
}
