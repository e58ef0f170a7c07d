package io.evenkeel.admission;

/**
 * A short pause after a run of many rows, in which those whom it answered may come back. Without it
 * the first of them would be run alone, at the price of a run, while all the others wait for it.
 *
 * <p>It is no longer than an eighth of the run before, and than two runs of one row, so that even
 * in vain it costs little more than it could save. It ends as soon as as many rows wait as there
 * were. There is none after a run of one row, none where rows are no cheaper in company, and none
 * where runs are short: on an idle server nobody ever waits for it.
 *
 * <p>Thread-safe, without a clock.
 */
final class Rest {
  private static final int PART_OF_RUN = 8;
  private static final int RUNS_OF_ONE = 2;

  /** The watch, which ends the pause, looks every millisecond. */
  private static final long SHORTEST_NANOS = 2_000_000;

  private final ServiceTimes times;

  /** Until when. Written before the crowd. */
  private volatile long until;

  /** For how many rows; 0 if there is no pause. */
  private volatile int crowd;

  Rest(ServiceTimes times) {
    this.times = times;
  }

  /**
   * A run is over.
   *
   * @param nanos how long it took
   * @param waiting how many rows wait already
   */
  void after(int rows, long nanos, int waiting, long now) {
    crowd = 0;
    long part = nanos / PART_OF_RUN;
    if (part < SHORTEST_NANOS || waiting >= rows / 2) {
      return;
    }
    long alone = times.typicalNanos(1, now);
    long rest = Math.min(part, RUNS_OF_ONE * alone);
    if (rest >= SHORTEST_NANOS && times.cheapestRowNanos(now) < alone / 2) {
      until = now + rest;
      crowd = Math.min(rows + waiting, times.largest());
    }
  }

  /** Whether to wait for more. */
  boolean isOn(int waiting, long now) {
    return waiting < crowd && now - until < 0;
  }
}
