package io.evenkeel.admission;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request that arrives now will be answered in time: what has its turn before it, the run
 * in progress and its own run, against the time it has left. Immutable, and without a clock, so
 * that a simulation can drive it too.
 */
final class AdmissionPolicy {
  private final LaneSettings settings;
  private final ServiceTimes times;

  AdmissionPolicy(LaneSettings settings, ServiceTimes times) {
    this.settings = settings;
    this.times = times;
  }

  /**
   * What a newcomer finds.
   *
   * @param rowsInLane rows that wait or run
   * @param rowsBefore rows that have their turn before it
   * @param runningNanos how long the runs in progress will still take, all together
   * @param idle whether an executor is idle
   * @param sheddableShare what share of the room those may use now who are the first to be refused
   */
  record Scene(
      int rowsInLane, int rowsBefore, long runningNanos, boolean idle, double sheddableShare) {}

  /** Null if the request is to be let in. */
  Shed.@Nullable Reason refusal(Claim claim, Scene scene, long now) {
    if (!hasRoom(claim, scene)) {
      return Shed.Reason.QUEUE_FULL;
    }
    long left = claim.deadline().nanosLeft(now) - settings.answerNanos();
    return finishNanos(claim, scene, now) > left ? Shed.Reason.DEADLINE_UNATTAINABLE : null;
  }

  private boolean hasRoom(Claim claim, Scene scene) {
    double share =
        claim.priority() == Priority.SHEDDABLE
            ? scene.sheddableShare()
            : claim.priority().shareOfRoom();
    return scene.rowsInLane() + reserved(claim) <= settings.mostRows() * share;
  }

  /**
   * The rows a request takes up: no more than one run's, because the rest of a batch waits outside.
   */
  int reserved(Claim claim) {
    return Math.min(claim.rows(), times.largest());
  }

  private long finishNanos(Claim claim, Scene scene, long now) {
    // It will run together with those who wait with it.
    int inItsRun = Math.min(times.largest(), scene.rowsBefore() + claim.rows());
    return waitNanos(scene, now) + runNanos(Math.max(claim.rows(), inItsRun), now);
  }

  /** The time until its turn. */
  long waitNanos(Scene scene, long now) {
    if (scene.idle() && scene.rowsBefore() == 0) {
      return 0;
    }
    long work = scene.runningNanos() + scene.rowsBefore() * times.cheapestRowNanos(now);
    return work / settings.executors();
  }

  private long runNanos(int rows, long now) {
    if (rows <= times.largest()) {
      return times.upperNanos(rows, now);
    }
    int chunk = chunkRows(now);
    int chunks = (rows + chunk - 1) / chunk;
    return chunks * times.upperNanos(chunk, now);
  }

  /** How many rows of a batch are run at once, so that singles needn't wait behind it for long. */
  int chunkRows(long now) {
    return times.rowsWithin(settings.chunkNanos(), now);
  }

  /** When those who are turned away now may find room: once what is in the lane has been run. */
  Duration drainTime(Scene scene, long now) {
    long work = scene.runningNanos() + scene.rowsInLane() * times.cheapestRowNanos(now);
    return Duration.ofNanos(work / settings.executors());
  }
}
