package io.evenkeel.rollout;

import tools.jackson.databind.JsonNode;

/** Reads back what a rollout has saved. */
final class Json {
  private Json() {}

  /**
   * @throws IllegalArgumentException if the saved array has another length, as that of another plan
   */
  static void copyDoubles(JsonNode from, double[] to) {
    if (from.size() != to.length) {
      throw new IllegalArgumentException(
          "a saved list has " + from.size() + " numbers where the plan needs " + to.length);
    }
    for (int i = 0; i < to.length; i++) {
      to[i] = from.get(i).doubleValue();
    }
  }

  /** The same for counts. */
  static void copyLongs(JsonNode from, long[] to) {
    if (from.size() != to.length) {
      throw new IllegalArgumentException(
          "a saved list has " + from.size() + " numbers where the plan needs " + to.length);
    }
    for (int i = 0; i < to.length; i++) {
      to[i] = from.get(i).longValue();
    }
  }
}
