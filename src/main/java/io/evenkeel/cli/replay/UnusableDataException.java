package io.evenkeel.cli.replay;

/** Says that a replay can't be done with what was given, and how to mend it. */
public final class UnusableDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableDataException(String message) {
    super(message);
  }
}
