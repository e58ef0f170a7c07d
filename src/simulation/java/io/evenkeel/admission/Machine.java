package io.evenkeel.admission;

/**
 * What the lane runs on. Immutable.
 *
 * @param periodNanos after which it all begins again
 * @param runningNanos how long of each period it runs; then it stands still
 */
record Machine(long periodNanos, long runningNanos) {
  static final Machine OWN = new Machine(1, 1);

  /** A container whose share of the processors is used up early in each period. */
  static Machine withQuota(long periodMillis, long runningMillis) {
    return new Machine(periodMillis * 1_000_000, runningMillis * 1_000_000);
  }

  double share() {
    return (double) runningNanos / periodNanos;
  }

  /** When something is noticed that happens at this time. */
  long noticed(long at) {
    return at % periodNanos < runningNanos ? at : at - at % periodNanos + periodNanos;
  }

  /** When work is done that begins now. */
  long done(long now, long workNanos) {
    long start = noticed(now);
    long left = runningNanos - start % periodNanos;
    if (this.equals(OWN) || workNanos <= left) {
      return start + workNanos;
    }
    long rest = workNanos - left;
    long periods = (rest - 1) / runningNanos;
    return start
        - start % periodNanos
        + (1 + periods) * periodNanos
        + rest
        - periods * runningNanos;
  }
}
