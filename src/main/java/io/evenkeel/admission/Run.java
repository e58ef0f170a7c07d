package io.evenkeel.admission;

import java.util.List;

/**
 * A run in progress.
 *
 * @param batch whose rows are run
 * @param number by which the executor knows it
 * @param startNanos when it began
 * @param expectedNanos how long it usually takes
 */
record Run<T extends Ticket>(List<T> batch, long number, long startNanos, long expectedNanos) {
  /** Whether nobody waits for it any more. Ends the tickets that are late. */
  boolean isUnwanted(long now) {
    boolean wanted = false;
    for (T ticket : batch) {
      if (ticket.isLate(now) && ticket.move(Ticket.State.IN_RUN, Ticket.State.EXPIRED)) {
        ticket.wake();
      }
      wanted |= ticket.state() == Ticket.State.IN_RUN;
    }
    return !wanted;
  }
}
