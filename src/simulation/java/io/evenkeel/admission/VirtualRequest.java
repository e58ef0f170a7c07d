package io.evenkeel.admission;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request on its way through the simulated lane: its tickets, one after the other. */
final class VirtualRequest {
  private final Callers callers;
  private final Claim claim;
  private final long arrivalNanos;
  private final @Nullable Client client;
  private int rowsLeft;
  private long waitedNanos;

  /**
   * A request that arrives at a time.
   *
   * @param client tells whether the caller has hung up; null if it never does
   */
  VirtualRequest(Callers callers, Claim claim, long arrivalNanos, @Nullable Client client) {
    this.callers = callers;
    this.claim = claim;
    this.arrivalNanos = arrivalNanos;
    this.client = client;
    this.rowsLeft = claim.rows();
  }

  Callers callers() {
    return callers;
  }

  Claim claim() {
    return claim;
  }

  long arrivalNanos() {
    return arrivalNanos;
  }

  @Nullable Client client() {
    return client;
  }

  long waitedNanos() {
    return waitedNanos;
  }

  /** The ticket for as many of the rows that are left as go together. */
  VirtualTicket next(int mostRows, Permit permit, Consumer<VirtualTicket> woken) {
    return new VirtualTicket(this, Math.min(rowsLeft, mostRows), permit, woken);
  }

  /** One of its tickets has left the lane. True if there are more to come. */
  boolean goesOn(VirtualTicket ticket) {
    waitedNanos += ticket.waitedNanos();
    rowsLeft -= ticket.rows();
    return ticket.ending() == Ending.RAN && rowsLeft > 0;
  }
}
