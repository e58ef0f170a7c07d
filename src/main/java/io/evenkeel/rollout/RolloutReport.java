package io.evenkeel.rollout;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a rollout stands, for people and for the API.
 *
 * @param step counted from 0
 * @param steps how many steps compare the two versions
 * @param share of the traffic that the step gives to the canary
 * @param reason why it is in its state, or what the step waits for
 * @param traffic of the step
 * @param ignored observations over the whole rollout that were no evidence, by reason
 * @param outcomes of the canary's that counted
 */
public record RolloutReport(
    Rollout.State state,
    int step,
    int steps,
    double share,
    Instant startedAt,
    Instant stepStartedAt,
    String reason,
    StepTraffic traffic,
    Ignored ignored,
    long outcomes,
    List<Evidence> evidence) {
  /** Answers of a step. */
  public record StepTraffic(
      long canaryAnswers, long canaryCounted, long stableAnswers, long stableCounted) {}

  /**
   * What was no evidence.
   *
   * @param repeated a key that was counted already
   * @param late routed under an earlier step
   * @param elsewhere not where the split puts the key, or nobody asks for such facts
   */
  public record Ignored(long repeated, long late, long elsewhere) {}

  public RolloutReport {
    evidence = List.copyOf(evidence);
  }

  /** For an API. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("state", state.name());
    json.put("step", step + 1);
    json.put("steps", steps);
    json.put("share", Words.written(share));
    json.put("startedAt", startedAt.toString());
    json.put("stepStartedAt", stepStartedAt.toString());
    json.put("reason", reason);
    json.put("canary", arm(traffic.canaryAnswers(), traffic.canaryCounted()));
    json.put("stable", arm(traffic.stableAnswers(), traffic.stableCounted()));
    Map<String, Object> left = new LinkedHashMap<>();
    left.put("repeated", ignored.repeated());
    left.put("late", ignored.late());
    left.put("elsewhere", ignored.elsewhere());
    json.put("ignored", left);
    json.put("outcomes", outcomes);
    json.put("evidence", evidence.stream().map(Evidence::toJson).toList());
    return json;
  }

  private static Map<String, Object> arm(long answers, long counted) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("answers", answers);
    json.put("counted", counted);
    return json;
  }
}
