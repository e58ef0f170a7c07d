package io.evenkeel.monitoring;

/**
 * Whether a rate is higher now than it was before, by more than chance and by enough to matter: a
 * two-proportion z-test. It has jumped if
 *
 * <ul>
 *   <li>z = (p1 - p0) / sqrt(p (1 - p) (1/n1 + 1/n0)) is above {@value #LEAST_Z}, where p1 and p0
 *       are the shares of the rows that have it, now and before, n1 and n0 how many rows there are,
 *       and p the share of both together,
 *   <li>at least {@value #LEAST_ROWS} rows have it now, and
 *   <li>p1 is at least {@value #LEAST_RATIO} times p0.
 * </ul>
 *
 * <p>For independent rows whose rate hasn't changed, fewer than one look in a thousand says that it
 * has (RateJumpTest). Rows of one caller aren't independent: a caller who sends the same mistake a
 * thousand times makes a jump, and should.
 *
 * @param now how many rows have it now
 * @param rowsNow of how many
 * @param before how many rows had it before
 * @param rowsBefore of how many
 */
record RateJump(long now, long rowsNow, long before, long rowsBefore) {
  private static final double LEAST_Z = 4;
  private static final int LEAST_ROWS = 10;
  private static final double LEAST_RATIO = 1.5;

  /** How far the rate is above what it was, in standard errors; 0 where there is nothing before. */
  double z() {
    if (rowsNow == 0 || rowsBefore == 0) {
      return 0;
    }
    double pooled = (double) (now + before) / (rowsNow + rowsBefore);
    double variance = pooled * (1 - pooled) * (1.0 / rowsNow + 1.0 / rowsBefore);
    double difference = (double) now / rowsNow - (double) before / rowsBefore;
    return variance == 0 ? 0 : difference / Math.sqrt(variance);
  }

  boolean isJump() {
    return now >= LEAST_ROWS
        && z() > LEAST_Z
        && (double) now / rowsNow >= LEAST_RATIO * before / rowsBefore;
  }
}
