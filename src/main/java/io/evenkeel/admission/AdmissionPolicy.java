package io.evenkeel.admission;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request that arrives now will be answered in time: its wait and its own run, against
 * the time it has left. Immutable, and without a clock, so that a simulation can drive it too.
 */
final class AdmissionPolicy {
  /** Whoever waits is believed to get a tenth of the lane at least. */
  private static final double MOST_OVERTAKING = 0.9;

  /** By how much of their usual time all runs before may be slower together. */
  private static final double SLOWER = 0.2;

  private final LaneSettings settings;
  private final ServiceTimes times;
  private final RunSize size;

  AdmissionPolicy(LaneSettings settings, ServiceTimes times, RunSize size) {
    this.settings = settings;
    this.times = times;
    this.size = size;
  }

  /**
   * What a newcomer finds.
   *
   * @param rowsInLane rows that wait or run
   * @param rowsBefore rows that have their turn before it
   * @param turnNanos until the runs in progress and those rows are done
   * @param overtaking rows per nanosecond that come later and have their turn before it
   * @param sheddableShare what share of the room those may use now who are the first to be refused
   */
  record Scene(
      int rowsInLane, int rowsBefore, double turnNanos, double overtaking, double sheddableShare) {}

  /** Null if the request is to be let in. */
  Shed.@Nullable Reason refusal(Claim claim, Scene scene, long now) {
    double share = shareOfRoom(claim.priority(), scene);
    if (scene.rowsInLane() + reserved(claim) > settings.mostRows() * share) {
      return Shed.Reason.QUEUE_FULL;
    }
    double wait = scene.turnNanos() / leftByOthers(scene, now);
    long left = claim.deadline().nanosLeft(now) - settings.answerNanos();
    // Time to wait is room too: who matters less leaves some of it to those who matter more.
    double mostWait = share * (left - ownNanos(claim, scene, wait, now));
    return wait > mostWait ? Shed.Reason.DEADLINE_UNATTAINABLE : null;
  }

  private static double shareOfRoom(Priority priority, Scene scene) {
    return priority == Priority.SHEDDABLE ? scene.sheddableShare() : priority.shareOfRoom();
  }

  /**
   * The rows a request takes up: no more than one run's, because the rest of a batch waits outside.
   */
  int reserved(Claim claim) {
    return Math.min(claim.rows(), times.largest());
  }

  /** The share of the lane that those leave who come later and have their turn before. */
  private double leftByOthers(Scene scene, long now) {
    if (scene.overtaking() == 0) {
      return 1;
    }
    return 1 - Math.min(MOST_OVERTAKING, scene.overtaking() * rowNanos(now));
  }

  /** How long a row takes all executors together. */
  private double rowNanos(long now) {
    return (double) size.rowNanos(now) / settings.executors();
  }

  /** Its runs, and what 99 of 100 don't exceed of what they and its wait take longer than usual. */
  private double ownNanos(Claim claim, Scene scene, double wait, long now) {
    int largest = size.largest(now);
    boolean inChunks = claim.rows() > largest;
    // A run is shared with those who wait too.
    int rows =
        inChunks ? size.chunkRows(now) : Math.min(largest, scene.rowsBefore() + claim.rows());
    double run = times.typicalNanos(rows, now);
    double own = inChunks ? run * runs(claim.rows(), rows) / leftByOthers(scene, now) : run;
    double excess = times.upperNanos(rows, now) - run;
    // Deviations of runs that don't depend on each other add up as the root of their number. Where
    // the machine as a whole is slower for a while, all runs are.
    return own + excess * Math.sqrt((wait + own) / run) + SLOWER * wait;
  }

  private static int runs(int rows, int rowsOfRun) {
    return (rows + rowsOfRun - 1) / rowsOfRun;
  }

  /** When those who are turned away now may find room: once what is in the lane has been run. */
  Duration drainTime(Scene scene, long now) {
    int rowsAfter = Math.max(0, scene.rowsInLane() - scene.rowsBefore());
    return Duration.ofNanos((long) (scene.turnNanos() + rowsAfter * rowNanos(now)));
  }
}
