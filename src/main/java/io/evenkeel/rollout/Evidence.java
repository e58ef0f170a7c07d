package io.evenkeel.rollout;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a detector has found so far.
 *
 * @param detector its name
 * @param counted by arm
 * @param words the same for people, with what belongs to this detector
 * @param logEvidence the natural logarithm of what a stake of 1 has become
 * @param needed what it has to become for a rollback
 * @param since when it became that; null where it hasn't
 */
public record Evidence(
    String detector,
    ByArm counted,
    String words,
    double logEvidence,
    double needed,
    @Nullable Instant since) {
  /** Whether it is enough for a rollback. What was enough once stays enough. */
  public boolean isEnough() {
    return since != null;
  }

  /**
   * Whether it is so much that the canary shouldn't get more traffic: the root of what is needed.
   */
  public boolean isDoubtful() {
    return isEnough() || logEvidence >= Math.log(needed) / 2;
  }

  /**
   * In one sentence: {@code failures: 41 of 800 (5.1 %) against 90 of 15,200 (0.59 %); evidence
   * 3.1e6, needed 100}.
   */
  public String sentence() {
    return detector
        + ": "
        + words
        + "; evidence "
        + Words.evidence(logEvidence)
        + ", needed "
        + Words.evidence(Math.log(needed));
  }

  /** For an API. Evidence beyond what a number can hold is given as the largest. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("detector", detector);
    json.put("sentence", sentence());
    json.putAll(counted.toJson());
    json.put("evidence", Math.min(Math.exp(logEvidence), Double.MAX_VALUE));
    json.put("log10Evidence", logEvidence / Math.log(10));
    json.put("needed", needed);
    json.put("since", since == null ? null : since.toString());
    return json;
  }
}
