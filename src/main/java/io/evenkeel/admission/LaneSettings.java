package io.evenkeel.admission;

/**
 * How much a lane lets in.
 *
 * @param budget the endpoints' latency budgets
 * @param singleRuns single requests that run at once
 * @param batchRuns batches that run at once
 */
public record LaneSettings(LatencyBudget budget, int singleRuns, int batchRuns) {
  public LaneSettings {
    if (singleRuns < 1 || batchRuns < 1) {
      throw new IllegalArgumentException(
          "singleRuns " + singleRuns + " and batchRuns " + batchRuns + " must be at least 1");
    }
  }

  /** As many singles as the session can run at once, and half as many batches. */
  public static LaneSettings forSlots(LatencyBudget budget, int slots) {
    return new LaneSettings(budget, slots, Math.max(1, slots / 2));
  }

  int runs(Endpoint endpoint) {
    return switch (endpoint) {
      case SINGLE -> singleRuns;
      case BATCH -> batchRuns;
    };
  }
}
