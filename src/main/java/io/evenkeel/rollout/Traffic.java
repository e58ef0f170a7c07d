package io.evenkeel.rollout;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What became of the observations. Not thread-safe. */
final class Traffic {
  /** What may become of one. */
  enum Fate {
    /** It was evidence. */
    COUNTED,
    /** Its key was counted already. */
    REPEATED,
    /** It was routed under an earlier step. */
    LATE,
    /** It wasn't where the split puts its key: pinned, or answered by a fallback. */
    ELSEWHERE
  }

  private final long[] fates = new long[4];

  /** Answers of this step by arm, and those of them that counted. */
  private final long[] answered = new long[2];

  private final long[] counted = new long[2];

  /** Outcomes of the canary's that counted, over all steps. */
  private long outcomes;

  private long observed;

  private static int at(Arm arm) {
    return arm == Arm.CANARY ? 0 : 1;
  }

  private static int at(Fate fate) {
    return switch (fate) {
      case COUNTED -> 0;
      case REPEATED -> 1;
      case LATE -> 2;
      case ELSEWHERE -> 3;
    };
  }

  void add(Fate fate) {
    observed++;
    fates[at(fate)]++;
  }

  void addAnswer(Arm arm, Fate fate) {
    add(fate);
    answered[at(arm)]++;
    if (fate == Fate.COUNTED) {
      counted[at(arm)]++;
    }
  }

  void addOutcome(Arm arm) {
    add(Fate.COUNTED);
    outcomes += arm == Arm.CANARY ? 1 : 0;
  }

  void beginStep() {
    Arrays.fill(answered, 0);
    Arrays.fill(counted, 0);
  }

  /** How many observations there were at all: a number for each. */
  long observed() {
    return observed;
  }

  long answered(Arm arm) {
    return answered[at(arm)];
  }

  long counted(Arm arm) {
    return counted[at(arm)];
  }

  long outcomes() {
    return outcomes;
  }

  long of(Fate fate) {
    return fates[at(fate)];
  }

  Map<String, Object> save() {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put("fates", fates.clone());
    saved.put("answered", answered.clone());
    saved.put("counted", counted.clone());
    saved.put("outcomes", outcomes);
    saved.put("observed", observed);
    return saved;
  }

  void load(JsonNode saved) {
    Json.copyLongs(saved.get("fates"), fates);
    Json.copyLongs(saved.get("answered"), answered);
    Json.copyLongs(saved.get("counted"), counted);
    outcomes = saved.get("outcomes").longValue();
    observed = saved.get("observed").longValue();
  }
}
