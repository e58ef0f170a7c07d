package io.evenkeel.rollout;

import tools.jackson.databind.JsonNode;

/** Counts by arm. Not thread-safe. */
final class Tally {
  private final long[] counts = new long[4];

  void add(Arm arm, boolean bad) {
    int at = arm == Arm.CANARY ? 0 : 2;
    counts[at]++;
    if (bad) {
      counts[at + 1]++;
    }
  }

  ByArm get() {
    return new ByArm(counts[0], counts[1], counts[2], counts[3]);
  }

  long[] save() {
    return counts.clone();
  }

  void load(JsonNode saved) {
    Json.copyLongs(saved, counts);
  }
}
