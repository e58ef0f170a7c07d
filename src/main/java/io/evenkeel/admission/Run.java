package io.evenkeel.admission;

import java.util.List;

/**
 * A run in progress. One thread at a time looks for what is late in it or whose caller has hung up.
 */
final class Run<T extends Ticket> {
  private static final long NOBODY = Long.MAX_VALUE;

  private final List<T> batch;
  private final long number;
  private final long startNanos;
  private final long expectedNanos;

  /** Before then nobody is late: a look at each ticket would take time away from the run. */
  private final long firstLateNanos;

  /** Whether somebody is known to have left before the end. For the thread that looks. */
  private boolean thinned;

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
    this.firstLateNanos = startNanos + nanosUntilLate(startNanos);
  }

  /** After how long the next of those who wait for it is late; {@link #NOBODY} if nobody does. */
  private long nanosUntilLate(long now) {
    long next = NOBODY;
    for (int i = 0; i < batch.size(); i++) {
      T ticket = batch.get(i);
      if (ticket.state() == Ticket.State.IN_RUN) {
        next = Math.min(next, ticket.claim().deadline().nanosLeft(now));
      }
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

  /** Whether a run is worth more than the work on a request around it. */
  static boolean isLong(long nanos) {
    return nanos > LaneWatch.TICK.toNanos();
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
    for (T ticket : batch) {
      if (ticket.isLate(now) && ticket.move(Ticket.State.IN_RUN, Ticket.State.EXPIRED)) {
        ticket.wake();
      }
    }
    long next = nanosUntilLate(now);
    return next == NOBODY ? 0 : next;
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
  void finish(Ticket.State end, long now) {
    boolean wasLong = isLong(now - startNanos);
    for (int i = 0; i < batch.size(); i++) {
      T ticket = batch.get(i);
      if (ticket.endRun(end, wasLong)) {
        ticket.wake();
      }
    }
  }
}
