package io.evenkeel.explain;

import io.evenkeel.admission.Deadline;

/**
 * How many pairs of permutations are run next: few at first, twice as many each time, never so many
 * that they take more than a part of the time left, and none once that isn't enough for one. For
 * one thread.
 */
final class Pace {
  /** One run may take one part in this many of the time left. */
  private static final int PART = 4;

  /** A batch as large is common; more rows at once gain nothing. */
  private static final int MOST_ROWS = 2048;

  private final Deadline deadline;
  private final int rowsOfPair;
  private double nanosOfPair;
  private int pairs;

  Pace(Deadline deadline, int rowsOfPair) {
    this.deadline = deadline;
    this.rowsOfPair = rowsOfPair;
  }

  /**
   * How many pairs to run.
   *
   * @param wanted how many are left
   * @return 0 where there is no time for one
   */
  int next(int wanted, long now) {
    if (pairs == 0) {
      return Math.min(1, wanted);
    }
    double left = deadline.nanosLeft(now);
    if (nanosOfPair * PART > left) {
      return 0;
    }
    int inTime = (int) Math.min(wanted, left / PART / Math.max(1, nanosOfPair));
    int inRows = Math.max(1, MOST_ROWS / Math.max(1, rowsOfPair));
    return Math.max(1, Math.min(Math.min(2 * pairs, inRows), inTime));
  }

  /** Takes note of how long some took. */
  void ran(int count, long nanos) {
    pairs = count;
    nanosOfPair = (double) nanos / count;
  }
}
