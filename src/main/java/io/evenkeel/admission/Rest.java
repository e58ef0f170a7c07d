package io.evenkeel.admission;

/**
 * A short pause after a run, in which those whom it answered may come back, to be run together with
 * those who wait already. Without it the first of them would be run alone, at the price of a run,
 * while all the others wait for it; and a crowd once split would stay so, and pay for each part.
 *
 * <p>It takes no longer than a quarter of the run before, two runs of one row, what one run for all
 * saves against two, and a small part of the budget. What one run saves grows while they come back:
 * a pause isn't given up in the middle of a crowd. It ends as soon as all are back, and the last
 * few are waited for no longer than a run takes for their rows. There is none after a run of one
 * row that nobody has waited behind, none where the next run is full as it is, none where rows are
 * no cheaper in company, and none where runs are short: on an idle server nobody ever waits for it.
 * Where it was in vain, twice as many runs as the last time go without one, up to {@value
 * #MOST_WITHOUT}: callers who don't come back cost hardly anything.
 *
 * <p>Thread-safe, without a clock.
 */
final class Rest {
  private static final int PART_OF_RUN = 4;
  private static final int PART_OF_BUDGET = 16;
  private static final int RUNS_OF_ONE = 2;
  private static final int MOST_WITHOUT = 64;

  /** The last few are one row of this many. */
  private static final int LAST_PART = 64;

  /** The watch, which ends the pause, doesn't look twice within a millisecond. */
  private static final long SHORTEST_NANOS = 2_000_000;

  private final ServiceTimes times;
  private final long mostOfBudget;

  /** Since when, at most for how long, and until when at least. Written before the crowd. */
  private volatile long since;

  private volatile long longest;
  private volatile long until;

  /** Until when the last few are waited for; 0 as long as more than those are missing. */
  private volatile long untilLast;

  /** For how many rows; 0 if there is no pause. */
  private volatile int crowd;

  /** With fewer rows than these in the next run it was in vain: more than half didn't come. */
  private volatile int worthwhile;

  /** How many runs go without one after the next that is in vain. */
  private volatile int penalty = 1;

  /** How many of them are left. */
  private volatile int without;

  Rest(ServiceTimes times, LatencyBudget budget) {
    this.times = times;
    this.mostOfBudget = budget.single().toNanos() / PART_OF_BUDGET;
  }

  /**
   * A run is over.
   *
   * @param rows that it had
   * @param nanos how long it took
   * @param waiting how many rows wait already
   * @param mostRows of the next run
   */
  void after(int rows, long nanos, int waiting, int mostRows, long now) {
    judge(rows);
    int together = Math.min(rows + waiting, mostRows);
    long most = Math.min(nanos / PART_OF_RUN, mostOfBudget);
    if (most < SHORTEST_NANOS || waiting >= together) {
      return;
    }
    long rest = Math.min(most, worth(waiting, together, now));
    if (rest >= SHORTEST_NANOS && isWorthATry()) {
      worthwhile = waiting + (together - waiting) / 2;
      since = now;
      longest = most;
      until = now + rest;
      untilLast = 0;
      crowd = together;
    }
  }

  /** Learns from the pause before a run of these rows, if there was one. */
  private void judge(int rows) {
    if (crowd > 0) {
      boolean inVain = rows < worthwhile;
      without = inVain ? penalty : 0;
      penalty = inVain ? Math.min(2 * penalty, MOST_WITHOUT) : 1;
      crowd = 0;
    }
  }

  private boolean isWorthATry() {
    int left = without;
    without = Math.max(0, left - 1);
    return left == 0;
  }

  /** How long a run for all of them is worth waiting for. */
  private long worth(int waiting, int together, long now) {
    if (!times.isCheaperInCompany()) {
      return 0;
    }
    long most = RUNS_OF_ONE * times.typicalNanos(1, now);
    return waiting == 0 ? most : Math.min(most, saved(waiting, together - waiting, now));
  }

  /** What one run for all of them saves, against one for those who wait, and one for the others. */
  private long saved(int waiting, int others, long now) {
    return times.typicalNanos(waiting, now)
        + times.typicalNanos(others, now)
        - times.typicalNanos(waiting + others, now);
  }

  /** After how long the pause is over in any case; as long as can be where there is none. */
  long nanosLeft(int waiting, long now) {
    int all = crowd;
    if (waiting >= all) {
      return Long.MAX_VALUE;
    }
    long left = until - now;
    if (left <= 0) {
      left = since + Math.min(longest, worth(waiting, all, now)) - now;
    }
    if (waiting >= all - all / LAST_PART) {
      left = Math.min(left, endForTheLast(all - waiting, now) - now);
    }
    return left > 0 ? left : Long.MAX_VALUE;
  }

  /** Until when to wait for so many, the last; it counts from the first time that it is asked. */
  private long endForTheLast(int missing, long now) {
    if (untilLast == 0) {
      untilLast = now + missing * times.cheapestRowNanos(now);
    }
    return untilLast;
  }

  /** Whether to wait for more. */
  boolean isOn(int waiting, long now) {
    return nanosLeft(waiting, now) < Long.MAX_VALUE;
  }
}
