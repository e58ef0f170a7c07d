package io.evenkeel.monitoring;

import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.PerVersion;
import io.evenkeel.registry.VersionListener;
import io.evenkeel.serving.spi.PredictionEvent;
import io.evenkeel.serving.spi.PredictionObserver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Keeps count of what is found about the rows of each version, and reports it. A row about which
 * there is nothing to say costs one addition. Thread-safe.
 */
public final class ValidationWatch implements PredictionObserver, VersionListener {
  private static final ValidationReport NOTHING =
      new ValidationReport(new ValidationReport.Counts(0, 0, 0), List.of(), 0);

  private final InstantSource clock;
  private final PerVersion<VersionTally> tallies = new PerVersion<>();

  public ValidationWatch(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "validation-watch";
  }

  @Override
  public void observe(PredictionEvent event) {
    tallies
        .of(event.asked(), version -> new VersionTally(event.contract()))
        .count(event.rows(), clock.millis());
  }

  /** What was found about a version's rows so far. */
  public ValidationReport report(ModelVersion version) {
    VersionTally tally = tallies.find(version);
    return tally == null ? NOTHING : tally.report(clock.millis());
  }

  @Override
  public void gone(ModelVersion version) {
    tallies.gone(version);
  }

  /** The moment that reports are made at. */
  public Instant now() {
    return clock.instant();
  }
}
