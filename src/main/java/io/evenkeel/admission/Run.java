package io.evenkeel.admission;

import java.util.List;

/**
 * A run in progress. One thread at a time looks for what is late in it or whose caller has hung up.
 */
final class Run<T extends Ticket> {
  private final List<T> batch;
  private final long number;
  private final long startNanos;
  private final long expectedNanos;

  /** Before then nobody is late: a look at each ticket would take time away from the run. */
  private final long firstLateNanos;

  /** Whether somebody is known to have left before the end. */
  private volatile boolean thinned;

  /**
   * A run that begins.
   *
   * @param batch whose rows are run
   * @param number by which the executor knows it
   * @param startNanos when it begins
   * @param expectedNanos how long it usually takes
   */
  Run(List<T> batch, long number, long startNanos, long expectedNanos) {
    this.batch = batch;
    this.number = number;
    this.startNanos = startNanos;
    this.expectedNanos = expectedNanos;
    this.firstLateNanos = startNanos + nextLate(batch, startNanos);
  }

  private static long nextLate(List<? extends Ticket> batch, long now) {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < batch.size(); i++) {
      next = Math.min(next, batch.get(i).claim().deadline().nanosLeft(now));
    }
    return next;
  }

  List<T> batch() {
    return batch;
  }

  long number() {
    return number;
  }

  long startNanos() {
    return startNanos;
  }

  long expectedNanos() {
    return expectedNanos;
  }

  /** How many rows the tickets have together. */
  static int rows(List<? extends Ticket> batch) {
    int sum = 0;
    for (int i = 0; i < batch.size(); i++) {
      sum += batch.get(i).rows();
    }
    return sum;
  }

  /** How long it will still take; never nothing, since it is still there. */
  long nanosLeft(long now) {
    return Math.max(expectedNanos / 10, startNanos + expectedNanos - now);
  }

  /**
   * Ends its tickets that are late.
   *
   * @return after how long the next of those who wait for it is; 0 if nobody does any more
   */
  long endLate(long now) {
    if (!thinned && now - firstLateNanos < 0) {
      return firstLateNanos - now;
    }
    long next = Long.MAX_VALUE;
    boolean wanted = false;
    for (T ticket : batch) {
      if (ticket.isLate(now) && ticket.move(Ticket.State.IN_RUN, Ticket.State.EXPIRED)) {
        ticket.wake();
      }
      if (ticket.state() == Ticket.State.IN_RUN) {
        wanted = true;
        next = Math.min(next, ticket.claim().deadline().nanosLeft(now));
      }
    }
    return wanted ? next : 0;
  }

  /**
   * Ends the tickets whose callers have hung up, up to the first whose caller hasn't: for that one
   * the run goes on, and the others are asked {@link Ticket#leave at its end}.
   */
  void endDeserted() {
    for (T ticket : batch) {
      if (!ticket.abandonIfDeserted() && ticket.state() == Ticket.State.IN_RUN) {
        return;
      }
      thinned = true;
    }
  }

  /** Ends its tickets and wakes those who wait for it. */
  void finish(Ticket.State end) {
    for (int i = 0; i < batch.size(); i++) {
      T ticket = batch.get(i);
      if (ticket.move(Ticket.State.IN_RUN, end)) {
        ticket.wake();
      }
    }
  }
}
