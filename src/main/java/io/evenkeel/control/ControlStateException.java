package io.evenkeel.control;

/**
 * The control state can't be opened, read or written. The text says why and how to mend it, and
 * holds no credentials; it has no cause, because a driver's own text may quote some.
 */
public final class ControlStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ControlStateException(String message) {
    super(message);
  }
}
