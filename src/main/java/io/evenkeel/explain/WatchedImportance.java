package io.evenkeel.explain;

import io.evenkeel.admission.Claim;
import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.Priority;
import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Row;
import io.evenkeel.inference.Lease;
import io.evenkeel.inference.Prediction;
import io.evenkeel.monitoring.Reservoir;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Servable;
import io.evenkeel.serving.spi.PredictionEvent;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One version that had requests. Requests' threads offer rows, a thread of its own runs those that
 * were chosen, others ask what is known.
 */
final class WatchedImportance {
  private static final double SECONDS_PER_MINUTE = 60;

  private final ModelVersion version;
  private final int window;
  private final Reservoir<Chosen> reservoir;
  private volatile boolean passedOver;
  private volatile @Nullable Watching watching;

  /** A row that is to be looked at, if the version answered it. */
  private record Chosen(Row row, Contract contract, boolean answered) {}

  /** What is held against each other, from the first look on. */
  private record Watching(
      Basis.Known basis, VersionImportance importance, ImportanceMeters meters) {}

  WatchedImportance(ModelVersion version, ImportanceProperties properties) {
    this.version = version;
    this.window = properties.window();
    this.reservoir =
        new Reservoir<>(
            properties.rowsPerMinute() / SECONDS_PER_MINUTE,
            properties.rowsPerMinute(),
            new SplittableRandom(),
            System.nanoTime());
  }

  void offer(PredictionEvent event) {
    if (!passedOver) {
      List<@Nullable Prediction> predictions = event.ending().predictions();
      reservoir.offer(
          event.rows().size(),
          i ->
              new Chosen(
                  event.rows().get(i),
                  event.contract(),
                  i < predictions.size() && predictions.get(i) != null));
    }
  }

  /** Finds out against what rows are held, once. */
  synchronized void begin(Bases bases, MeterRegistry meters) {
    Servable servable = version.servable();
    if (watching != null || passedOver || servable == null) {
      return;
    }
    switch (bases.of(version, servable)) {
      case Basis.Lacking ignored -> passedOver = true;
      case Basis.Known known -> {
        List<String> names = known.contract().names();
        VersionImportance importance = new VersionImportance(names, known.importance(), window);
        watching =
            new Watching(
                known, importance, new ImportanceMeters(meters, version, names, importance));
      }
    }
  }

  /** Nothing is watched any more. */
  synchronized void end() {
    Watching ended = watching;
    passedOver = true;
    watching = null;
    if (ended != null) {
      ended.meters().unbind();
    }
  }

  /**
   * Runs the rows that were chosen since the last time.
   *
   * @return how many of them came to nothing
   */
  long look(Duration budget, long now) {
    Watching against = watching;
    if (against == null) {
      return 0;
    }
    long dropped = 0;
    for (Chosen chosen : reservoir.look(now).taken()) {
      if (chosen.answered() && !isTaken(chosen, against, budget)) {
        dropped++;
      }
    }
    return dropped;
  }

  @SuppressWarnings("ReferenceEquality") // another load of it is another contract
  private boolean isTaken(Chosen chosen, Watching against, Duration budget) {
    Servable servable = version.servable();
    if (servable == null || chosen.contract() != against.basis().contract()) {
      return false;
    }
    try (Lease lease = servable.tryLease()) {
      double[] attributions =
          lease == null ? null : attributions(servable, chosen.row(), against.basis(), budget);
      if (attributions != null) {
        against.importance().add(attributions);
      }
      return attributions != null;
    }
  }

  private double @Nullable [] attributions(
      Servable servable, Row row, Basis.Known basis, Duration budget) {
    Occlusion occlusion = new Occlusion(servable.preprocessor(), basis.baseline(), row);
    Deadline deadline = Deadline.after(budget, System.nanoTime());
    Claim claim = new Claim(Endpoint.BATCH, Priority.SHEDDABLE, occlusion.block().rows(), deadline);
    return switch (new LaneRun.Lane(version, servable, null).run(occlusion.block(), claim)) {
      case LaneRun.Ran ran ->
          occlusion.attributions(ran.predictions(), basis.contract().features().size());
      case LaneRun.Ended ignored -> null;
    };
  }

  ImportanceWatch.@Nullable Standing standing() {
    Watching now = watching;
    return now == null
        ? null
        : new ImportanceWatch.Standing(now.importance().rowsSince(), now.importance().last());
  }
}
