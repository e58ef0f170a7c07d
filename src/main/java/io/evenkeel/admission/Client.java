package io.evenkeel.admission;

/** Whoever is to get what comes of a ticket, as far as a lane has to do with it. */
@FunctionalInterface
public interface Client {
  /**
   * Whether nobody waits for the answer any more. May be asked by any thread, one at a time,
   * between a ticket's entry and its end.
   */
  boolean isGone();

  /**
   * The thread that serves it is about to wait for a run, and needs no processor meanwhile. Said by
   * that thread.
   */
  default void stepAside() {}

  /**
   * The thread that serves it is about to begin a short run. If others have arrived and wait for a
   * processor, they go first, to be in that run too. Said by that thread.
   */
  default void giveWay() {}
}
