package io.evenkeel.monitoring.watch;

import io.evenkeel.contract.Row;
import io.evenkeel.inference.Prediction;
import io.evenkeel.monitoring.Reservoir;
import io.evenkeel.monitoring.drift.CallerThinning;
import io.evenkeel.monitoring.drift.DriftLevel;
import io.evenkeel.monitoring.drift.DriftSnapshot;
import io.evenkeel.monitoring.drift.RequestSample;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.routing.Requester;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One version that had requests. Requests' threads offer rows, a thread of its own looks at them,
 * others ask what is known.
 */
final class WatchedVersion {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedVersion.class);

  private final ModelVersion version;
  private final Reservoir<Seen> reservoir;
  private volatile State state = State.NEW;
  private volatile @Nullable VersionDrift drift;
  private DriftLevel level = DriftLevel.CALM;

  private enum State {
    NEW,
    WATCHED,
    /** It has no reference that its rows could be held against, or has gone. */
    PASSED_OVER
  }

  /** A row that is to be looked at. */
  private record Seen(Row row, @Nullable Prediction prediction, @Nullable String caller) {}

  WatchedVersion(ModelVersion version, int maxRowsPerSecond) {
    this.version = version;
    this.reservoir =
        new Reservoir<>(
            maxRowsPerSecond, maxRowsPerSecond, new SplittableRandom(), System.nanoTime());
  }

  /**
   * Offers the rows of a request.
   *
   * @param predictions in the order of the rows; empty where there are none
   * @param requester is asked for its name only if a row is taken
   */
  void offer(
      List<Row> rows, List<? extends @Nullable Prediction> predictions, Requester requester) {
    if (state != State.PASSED_OVER) {
      reservoir.offer(
          rows.size(),
          i ->
              new Seen(
                  rows.get(i),
                  i < predictions.size() ? predictions.get(i) : null,
                  requester.caller()));
    }
  }

  boolean isNew() {
    return state == State.NEW;
  }

  /** What is known; null where nothing is watched, or nobody has looked yet. */
  @Nullable VersionDrift drift() {
    return drift;
  }

  /**
   * From now on the rows are held against a reference.
   *
   * @param bind is told, unless the version has gone
   */
  synchronized void begin(VersionDrift begun, Runnable bind) {
    if (state == State.NEW) {
      drift = begun;
      state = State.WATCHED;
      bind.run();
    }
  }

  /**
   * Nothing is watched any more.
   *
   * @param unbind is told, if something was
   */
  synchronized void end(Runnable unbind) {
    if (state == State.WATCHED) {
      unbind.run();
    }
    state = State.PASSED_OVER;
    drift = null;
  }

  /**
   * Looks at the rows that were offered since the last time.
   *
   * @param at the time of day, which tells the season
   * @return how many were left out
   */
  long look(CallerThinning thinning, DriftMeters meters, Instant at) {
    VersionDrift watching = drift;
    if (watching == null) {
      return 0;
    }
    watching.turn(at);
    boolean alone = watching.fleet() == null;
    long now = System.nanoTime();
    Reservoir.Look<Seen> look = reservoir.look(now);
    long dropped = look.dropped();
    for (Seen seen : look.taken()) {
      String caller = seen.caller();
      if (caller == null || thinning.keeps(RequestSample.hash(caller), now)) {
        DriftLevel own = watching.observe(seen.row(), seen.prediction());
        if (alone) {
          tell(own, watching, meters);
        }
      } else {
        dropped++;
      }
    }
    if (!alone && !look.taken().isEmpty()) {
      tell(watching.snapshot().level(), watching, meters);
    }
    return dropped;
  }

  private void tell(DriftLevel found, VersionDrift watching, DriftMeters meters) {
    if (found == level) {
      return;
    }
    DriftLevel before = level;
    level = found;
    DriftSnapshot snapshot = watching.snapshot();
    if (before == DriftLevel.CALM) {
      meters.alarm(version, snapshot);
    }
    if (found.compareTo(before) > 0) {
      LOG.warn(
          "Model {} drifts ({}): {}",
          version,
          found,
          snapshot.causes().stream().map(DriftSnapshot.Cause::stream).limit(3).toList());
    } else {
      LOG.info("Model {} drifts less: {} now", version, found);
    }
  }
}
