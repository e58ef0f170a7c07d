package io.evenkeel.serving;

import io.evenkeel.admission.Endpoint;
import io.evenkeel.registry.ModelVersion;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts and times what was asked and answered. A version's meters are kept at hand: recording an
 * answer builds no tags, only violations and refusals do. docs/metrics.md lists all meters.
 * Thread-safe.
 */
public final class ServingMeters {
  private final MeterRegistry registry;
  private final Map<ModelVersion, VersionMeters> ofVersions = new ConcurrentHashMap<>();

  public ServingMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Records the ending of a request. */
  public void record(Endpoint endpoint, PredictionOutcome outcome, Stopwatch stopwatch) {
    ModelVersion version = outcome.version();
    if (version == null) {
      recordUnrouted(endpoint.label(), outcome, stopwatch);
      return;
    }
    VersionMeters meters = of(version);
    meters.recordRequest(endpoint, outcome, stopwatch);
    switch (outcome) {
      case PredictionOutcome.Served served -> meters.recordAnswer(served.prediction());
      case PredictionOutcome.ServedBatch served ->
          served.items().forEach(item -> recordItem(item, meters));
      case PredictionOutcome.Invalid invalid -> meters.recordViolations(invalid.violations());
      case PredictionOutcome.Shed shed -> shed(version.model(), shed);
      case PredictionOutcome.Expired ignored -> {}
      case PredictionOutcome.Abandoned ignored -> {}
      case PredictionOutcome.Failed ignored -> {}
      case PredictionOutcome.Unroutable ignored -> {}
    }
  }

  /** {@code computeIfAbsent} alone may lock although the meters are there. */
  private VersionMeters of(ModelVersion version) {
    VersionMeters known = ofVersions.get(version);
    return known != null
        ? known
        : ofVersions.computeIfAbsent(version, created -> new VersionMeters(registry, created));
  }

  private static void recordItem(PredictionOutcome.Item item, VersionMeters meters) {
    switch (item) {
      case PredictionOutcome.Item.Answered answered -> meters.recordAnswer(answered.prediction());
      case PredictionOutcome.Item.Refused refused -> meters.recordViolations(refused.violations());
      case PredictionOutcome.Item.Broken ignored -> {}
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
