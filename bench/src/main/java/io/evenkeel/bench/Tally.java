package io.evenkeel.bench;

/** Where it is counted what became of a request. Times are those of System.nanoTime. */
interface Tally {
  /** Stands for the status where a connection ended without an answer. */
  int BROKEN = 0;

  /** The answer is complete. */
  void answered(int status, long dueNanos, long answeredNanos);

  /** The connection ended before the answer did. */
  void broke(long dueNanos);
}
