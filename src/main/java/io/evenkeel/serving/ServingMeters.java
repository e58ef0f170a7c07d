package io.evenkeel.serving;

import io.evenkeel.admission.Endpoint;
import io.evenkeel.contract.Degradation;
import io.evenkeel.inference.Prediction;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.PerVersion;
import io.evenkeel.registry.VersionListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times what was asked and answered. A version's meters are kept at hand: recording an
 * answer builds no tags, only refusals do. docs/metrics.md lists all meters. Thread-safe.
 */
public final class ServingMeters implements VersionListener {
  private final MeterRegistry registry;
  private final PerVersion<VersionMeters> ofVersions = new PerVersion<>();

  public ServingMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Records the ending of a request. */
  public void record(Endpoint endpoint, PredictionOutcome outcome, Stopwatch stopwatch) {
    ModelVersion version = outcome.asked();
    if (version == null) {
      recordUnrouted(endpoint.label(), outcome, stopwatch);
      return;
    }
    VersionMeters meters = of(version);
    meters.recordRequest(endpoint, outcome, stopwatch);
    switch (outcome) {
      case PredictionOutcome.Served served -> {
        recordAnswer(served.version(), served.prediction(), served.degraded());
        recordRefusal(version, served.degraded());
      }
      case PredictionOutcome.ServedBatch served -> {
        served.items().forEach(item -> recordItem(item, served.version(), meters));
        recordRefusal(version, served.degraded());
      }
      case PredictionOutcome.Invalid invalid -> meters.recordViolations(invalid.violations());
      case PredictionOutcome.Shed shed -> shed(version.model(), shed);
      case PredictionOutcome.Expired ignored -> {}
      case PredictionOutcome.Abandoned ignored -> {}
      case PredictionOutcome.Failed ignored -> {}
      case PredictionOutcome.Unroutable ignored -> {}
      case PredictionOutcome.Unrecorded ignored -> {}
    }
  }

  private VersionMeters of(ModelVersion version) {
    return ofVersions.of(version, created -> new VersionMeters(registry, created));
  }

  @Override
  public void gone(ModelVersion version) {
    ofVersions.gone(version);
  }

  private void recordItem(
      PredictionOutcome.Item item, ModelVersion answering, VersionMeters asked) {
    switch (item) {
      case PredictionOutcome.Item.Answered answered ->
          recordAnswer(answering, answered.prediction(), answered.degraded());
      case PredictionOutcome.Item.Refused refused -> asked.recordViolations(refused.violations());
      case PredictionOutcome.Item.Broken ignored -> {}
    }
  }

  /** A prediction counts only where it was computed for this request, and as its version's own. */
  private void recordAnswer(
      ModelVersion answering, Prediction prediction, @Nullable Degraded degraded) {
    if (degraded == null || degraded.mode() == Degradation.Mode.FALLBACK) {
      of(answering).recordPrediction(prediction);
    }
    if (degraded != null) {
      MeterNames.degraded(registry, answering.model(), degraded.mode()).increment();
    }
  }

  /** A lane that refused a request did so whatever was answered in the end. */
  private void recordRefusal(ModelVersion asked, @Nullable Degraded degraded) {
    if (degraded != null && degraded.missed() instanceof PredictionOutcome.Shed shed) {
      shed(asked.model(), shed);
    }
  }

  private void recordUnrouted(String endpoint, PredictionOutcome outcome, Stopwatch stopwatch) {
    if (outcome instanceof PredictionOutcome.Shed shed) {
      shed("", shed);
    }
    MeterNames.request(registry, endpoint, null, outcome.label())
        .record(Duration.ofNanos(stopwatch.totalNanos()));
  }

  private void shed(String model, PredictionOutcome.Shed shed) {
    MeterNames.shed(registry, model, shed.shed().reason()).increment();
  }

  /**
   * Records a request that couldn't be understood, and so belongs to no model.
   *
   * @param kind the problem's name
   */
  public void recordRefused(String kind) {
    MeterNames.refused(registry, kind).increment();
  }
}
