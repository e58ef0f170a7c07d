package io.evenkeel.admission;

/**
 * How much a lane lets in. Immutable.
 *
 * @param budget the endpoints' latency budgets
 * @param executors runs that are in progress at once
 * @param limits how much may wait
 * @param batching whether requests that wait are run together
 */
public record LaneSettings(LatencyBudget budget, int executors, Limits limits, boolean batching) {
  /** One part in this many of the single budget is kept for the answer. */
  private static final int ANSWER_PART = 25;

  /**
   * A run may take one part in this many of what is left of the single budget without the answer.
   */
  private static final int RUN_PART = 2;

  /** A chunk of a batch may take one part in this many of the single budget. */
  private static final int CHUNK_PART = 4;

  private static final int MOST_EXECUTORS = Long.SIZE;

  public LaneSettings {
    if (executors < 1 || executors > MOST_EXECUTORS) {
      throw new IllegalArgumentException(
          "executors " + executors + " must be from 1 to " + MOST_EXECUTORS);
    }
  }

  /**
   * What may be in a lane at once.
   *
   * @param rows rows that wait or run
   * @param singles single requests
   * @param batches batch requests
   */
  public record Limits(int rows, int singles, int batches) {
    public Limits {
      if (rows < 1 || singles < 1 || batches < 1) {
        throw new IllegalArgumentException(
            "rows "
                + rows
                + ", singles "
                + singles
                + " and batches "
                + batches
                + " must be at least 1");
      }
    }

    int of(Endpoint endpoint) {
      return switch (endpoint) {
        case SINGLE -> singles;
        case BATCH -> batches;
      };
    }
  }

  int mostRows() {
    return limits.rows();
  }

  /** What is left of a request's time after its run: for the answer to be written and sent. */
  long answerNanos() {
    return budget.single().toNanos() / ANSWER_PART;
  }

  /**
   * How long a run may take: who comes when it has just begun waits for it, and then has a run as
   * long.
   */
  long mostRunNanos() {
    return (budget.single().toNanos() - answerNanos()) / RUN_PART;
  }

  /** How long a batch may hold an executor before others have a turn. */
  long chunkNanos() {
    return budget.single().toNanos() / CHUNK_PART;
  }
}
