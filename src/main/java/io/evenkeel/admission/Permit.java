package io.evenkeel.admission;

import java.util.concurrent.atomic.AtomicBoolean;

/** Leave to be in a lane, until it is closed. Closing again does nothing; any thread may close. */
public final class Permit implements Admission, AutoCloseable {
  private final Entrance entrance;
  private final Claim claim;
  private final AtomicBoolean open = new AtomicBoolean(true);
  private Outcome outcome = Outcome.UNKNOWN;

  /** What the request's runs say about the model. */
  enum Outcome {
    UNKNOWN,
    WORKED,
    FAILED
  }

  Permit(Entrance entrance, Claim claim) {
    this.entrance = entrance;
    this.claim = claim;
  }

  /** What was claimed. */
  public Claim claim() {
    return claim;
  }

  /** Says, before it is closed, whether the model worked for the request: for any of its rows. */
  public void report(boolean worked) {
    outcome = worked ? Outcome.WORKED : Outcome.FAILED;
  }

  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      entrance.leave(claim, outcome);
    }
  }
}
