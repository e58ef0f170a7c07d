package io.evenkeel.rollout;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A quantile that follows its values: after each it goes up by {@code gain * q} if the value is
 * above, else down by {@code gain * (1 - q)}, on the logarithm's scale, so that in the long run a
 * share of 1 - q is above, whatever the scale and however heavy the tail (Robbins and Monro, 1951).
 * It begins with the quantile of the first values. Not thread-safe.
 */
final class RunningQuantile {
  private static final int FIRST = 30;
  private static final double GAIN = 0.03;
  private static final double LEAST = 1e-12;

  private final double share;
  private final double[] first = new double[FIRST];
  private int seen;
  private double log;

  /**
   * @param share q, above 0 and below 1
   */
  RunningQuantile(double share) {
    this.share = share;
  }

  /** Whether there is a quantile yet. */
  boolean isKnown() {
    return seen == FIRST;
  }

  double value() {
    return Math.exp(log);
  }

  /** Takes note of a value from 0. */
  void add(double value) {
    double logValue = Math.log(Math.max(value, LEAST));
    if (seen < FIRST) {
      first[seen++] = logValue;
      if (seen == FIRST) {
        double[] sorted = first.clone();
        Arrays.sort(sorted);
        log = sorted[(int) (share * FIRST)];
      }
    } else {
      log += logValue > log ? GAIN * share : GAIN * (share - 1);
    }
  }

  double share() {
    return share;
  }

  Map<String, Object> save() {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put("first", isKnown() ? new double[0] : Arrays.copyOf(first, seen));
    saved.put("known", isKnown());
    saved.put("log", log);
    return saved;
  }

  void load(JsonNode saved) {
    JsonNode values = saved.get("first");
    for (int i = 0; i < values.size(); i++) {
      first[i] = values.get(i).doubleValue();
    }
    seen = saved.get("known").booleanValue() ? FIRST : values.size();
    log = saved.get("log").doubleValue();
  }
}
