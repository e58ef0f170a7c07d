package io.evenkeel.control;

/** Somebody else has saved the rollout since the caller read it: read again, decide again. */
public final class StaleRolloutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StaleRolloutException(String id, long counter) {
    super(
        "rollout `%s` can't be saved with counter %d: somebody else has saved it meanwhile"
            .formatted(id, counter));
  }
}
