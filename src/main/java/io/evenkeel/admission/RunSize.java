package io.evenkeel.admission;

import org.jspecify.annotations.Nullable;

/**
 * How many rows a run may have, so that whoever leads it is in time, and so are those after it.
 * Immutable, and without a clock, as {@link AdmissionPolicy} is.
 *
 * <p>A run is shortened for an urgent leader only as long as the others can wait. Where they can't,
 * a shortened run would make the next leader more urgent still, and its run shorter, down to rows
 * that are run one by one while all are late: under overload a lane would collapse, and not
 * recover. So a leader that can't be in time together with the others is given up (as in Nexus'
 * early drop: Shen et al., 2019).
 */
final class RunSize {
  /** The leader is late, or would make others late. */
  static final int GIVE_UP = 0;

  /**
   * What a run still has room for.
   *
   * @param rows of single requests
   * @param batchRows rows of batches, whose tickets can be cut
   */
  record Room(int rows, int batchRows) {
    static final Room UNBOUNDED = new Room(Integer.MAX_VALUE, Integer.MAX_VALUE);

    Room without(int taken) {
      return new Room(rows - taken, batchRows - taken);
    }

    /** How many of a ticket's rows there is room for: all or none, unless it is a batch's. */
    int rowsOf(Ticket ticket) {
      if (ticket.claim().endpoint() == Endpoint.BATCH) {
        return Math.clamp(batchRows, 0, ticket.rows());
      }
      return ticket.rows() <= rows ? ticket.rows() : 0;
    }
  }

  private final LaneSettings settings;
  private final ServiceTimes times;

  RunSize(LaneSettings settings, ServiceTimes times) {
    this.settings = settings;
    this.times = times;
  }

  /** The most rows of any run. */
  int largest(long now) {
    if (!settings.batching()) {
      return 1;
    }
    return times.cheapSize(times.rowsWithin(settings.mostRunNanos(), now));
  }

  /** What one row costs an executor that is busy, in nanoseconds. */
  long rowNanos(long now) {
    return times.cheapestRowNanos(largest(now), now);
  }

  /** How many rows of a batch go together, so that singles needn't wait behind them for long. */
  int chunkRows(long now) {
    return times.rowsWithin(settings.chunkNanos(), now);
  }

  /** What a run has room for. Batches may fill it up to the size of a chunk. */
  Room room(int mostRows, long now) {
    return new Room(mostRows, Math.min(mostRows, chunkRows(now)));
  }

  /**
   * The most rows of the run that a ticket leads, or {@link #GIVE_UP}.
   *
   * @param rowsBehind that wait and matter at least as much
   * @param next the most urgent of them; null if there is none
   */
  int mostRows(Ticket leader, int rowsBehind, @Nullable Claim next, long now) {
    int most = mostInTime(leader, rowsBehind, next, now);
    int all = leader.rows() + rowsBehind;
    int first = all <= most ? times.bestFirst(all) : most;
    return first < all && first >= leader.rows() ? first : most;
  }

  private int mostInTime(Ticket leader, int rowsBehind, @Nullable Claim next, long now) {
    int largest = Math.max(leader.rows(), largest(now));
    int all = Math.min(largest, leader.rows() + rowsBehind);
    int fitting = Math.min(largest, times.rowsWithin(nanosLeft(leader.claim(), now), now));
    if (fitting >= all || canWait(next, fitting, all, now)) {
      return fitting;
    }
    return times.typicalNanos(all, now) <= nanosLeft(leader.claim(), now) ? all : GIVE_UP;
  }

  /** Whether the next can be in time in a second run. */
  private boolean canWait(@Nullable Claim next, int first, int second, long now) {
    return next == null
        || times.typicalNanos(first, now) + times.upperNanos(second, now) <= nanosLeft(next, now);
  }

  private long nanosLeft(Claim claim, long now) {
    return claim.deadline().nanosLeft(now) - settings.answerNanos();
  }
}
