package io.evenkeel.control.rollouts;

/** What is asked of a rollout doesn't fit how things stand; the text says how they do. */
public final class RolloutConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RolloutConflictException(String message) {
    super(message);
  }
}
