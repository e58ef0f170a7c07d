package io.evenkeel.admission;

import java.util.List;

/**
 * What runs a lane's batches, one at a time. A lane has a few of them. Called by the thread of
 * whichever request has its turn, with a safe hand-over between threads.
 *
 * @param <T> the tickets it can run
 */
public interface Executor<T extends Ticket> {
  /**
   * Runs all rows of all tickets together and leaves in each what came of its own. Skips work for
   * tickets that are no longer {@link Ticket#isWanted wanted} where it can.
   *
   * @return what the run says about the model's health
   */
  Health run(List<T> batch);

  /** The number by which {@link #terminate} knows the run in progress, or else the next one. */
  long runNumber();

  /** Ends that run early; without effect once it is over. Any thread may call it. */
  void terminate(long runNumber);

  /** What a run tells about the model. */
  enum Health {
    /** It worked as a whole, so the time it took can be learnt from. */
    SOUND,
    /** It worked for some rows only, or only one by one. */
    PARTIAL,
    /** Nothing came of it. */
    FAILED,
    /** It was ended early, because nobody waited for it any more. */
    TERMINATED
  }
}
