package io.evenkeel.admission;

import java.time.Duration;

/**
 * How long an endpoint may take from the first byte to the answer.
 *
 * @param single for one instance
 * @param batch for a batch
 */
public record LatencyBudget(Duration single, Duration batch) {
  public LatencyBudget {
    requirePositive("single", single);
    requirePositive("batch", batch);
  }

  private static void requirePositive(String name, Duration budget) {
    if (!budget.isPositive()) {
      throw new IllegalArgumentException(
          "the budget `" + name + "` is " + budget + "; it must be longer than zero");
    }
  }

  public Duration of(Endpoint endpoint) {
    return switch (endpoint) {
      case SINGLE -> single;
      case BATCH -> batch;
    };
  }
}
