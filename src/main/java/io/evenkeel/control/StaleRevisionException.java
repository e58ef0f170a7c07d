package io.evenkeel.control;

/** Somebody else has changed the routes since the caller read them: read again, decide again. */
public final class StaleRevisionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long expected;
  private final long latest;

  public StaleRevisionException(long expected, long latest) {
    super(
        "the change was made for revision %d, but the latest is %d: read it and decide again"
            .formatted(expected, latest));
    this.expected = expected;
    this.latest = latest;
  }

  /** The revision that the change was made for. */
  public long expected() {
    return expected;
  }

  /** The one that was the latest when the change was refused; 0 if there was none. */
  public long latest() {
    return latest;
  }
}
