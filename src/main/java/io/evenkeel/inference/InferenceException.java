package io.evenkeel.inference;

import java.io.Serial;

/**
 * A run, or the answer for one row of it, failed. The message is safe to log and to show an
 * operator: it holds names, shapes and codes, never a value of an input or output. For the same
 * reason there is no cause: the native library's own messages quote values.
 */
public final class InferenceException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final boolean terminated;

  public InferenceException(String message) {
    super(message);
    this.terminated = false;
  }

  private InferenceException() {
    super("the run was terminated");
    this.terminated = true;
  }

  static InferenceException ofTerminatedRun() {
    return new InferenceException();
  }

  /** Whether the run ended early because {@link Runner#terminate} asked for it. */
  public boolean terminated() {
    return terminated;
  }
}
