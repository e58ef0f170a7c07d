package io.evenkeel.monitoring;

import io.evenkeel.registry.ModelVersion;
import io.evenkeel.serving.spi.PredictionEvent;
import io.evenkeel.serving.spi.PredictionObserver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps count of what is found about the rows of each version, and reports it. A row about which
 * there is nothing to say costs one addition. Thread-safe.
 */
public final class ValidationWatch implements PredictionObserver {
  private static final ValidationReport NOTHING =
      new ValidationReport(new ValidationReport.Counts(0, 0, 0), List.of(), 0);

  private final InstantSource clock;
  private final Map<ModelVersion, VersionTally> tallies = new ConcurrentHashMap<>();

  public ValidationWatch(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "validation-watch";
  }

  @Override
  public void observe(PredictionEvent event) {
    VersionTally known = tallies.get(event.asked());
    VersionTally tally =
        known != null
            ? known
            : tallies.computeIfAbsent(event.asked(), version -> new VersionTally(event.contract()));
    tally.count(event.rows(), clock.millis());
  }

  /** What was found about a version's rows so far. */
  public ValidationReport report(ModelVersion version) {
    VersionTally tally = tallies.get(version);
    return tally == null ? NOTHING : tally.report(clock.millis());
  }

  /** The moment that reports are made at. */
  public Instant now() {
    return clock.instant();
  }
}
