package io.evenkeel.serving;

import io.evenkeel.admission.Endpoint;
import io.evenkeel.contract.Violation;
import io.evenkeel.inference.Prediction;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Servable;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** One version's meters, kept at hand. Thread-safe. */
final class VersionMeters {
  private static final List<Step> STEPS = List.of(Step.values());

  private final MeterRegistry registry;
  private final ModelVersion version;

  /** By the order of {@link Step}. */
  private final List<Timer> steps;

  private final Map<String, Timer> singles = new ConcurrentHashMap<>();
  private final Map<String, Timer> batches = new ConcurrentHashMap<>();
  private final RuleCounters violations;
  private final DistributionSummary confidence;
  private final DistributionSummary batchRows;

  VersionMeters(MeterRegistry registry, ModelVersion version) {
    this.registry = registry;
    this.version = version;
    this.steps =
        STEPS.stream().map(step -> MeterNames.step(registry, step, version.model())).toList();
    this.violations =
        new RuleCounters(
            (feature, rule) -> MeterNames.violations(registry, version, feature, rule));
    this.confidence = MeterNames.confidence(registry, version);
    this.batchRows = MeterNames.batchRows(registry, version);
    registerWaysToDegrade();
  }

  /** At 0, so that the first degraded answer shows as an increase. */
  private void registerWaysToDegrade() {
    Servable servable = version.servable();
    if (servable != null) {
      servable
          .contract()
          .degradation()
          .forEach(way -> MeterNames.degraded(registry, version.model(), way.mode()));
    }
  }

  void recordRequest(Endpoint endpoint, PredictionOutcome outcome, Stopwatch stopwatch) {
    Map<String, Timer> timers = endpoint == Endpoint.SINGLE ? singles : batches;
    String label = outcome.label();
    Timer known = timers.get(label);
    Timer timer =
        known != null
            ? known
            : timers.computeIfAbsent(
                label, word -> MeterNames.request(registry, endpoint.label(), version, word));
    timer.record(stopwatch.totalNanos(), TimeUnit.NANOSECONDS);
    for (int i = 0; i < steps.size(); i++) {
      long nanos = stopwatch.nanos(STEPS.get(i));
      if (nanos > 0) {
        steps.get(i).record(nanos, TimeUnit.NANOSECONDS);
      }
    }
    if (outcome instanceof PredictionOutcome.ServedBatch served) {
      batchRows.record(served.items().size());
    }
  }

  void recordPrediction(Prediction prediction) {
    if (prediction instanceof Prediction.Classification classification) {
      double found = classification.confidence();
      if (Double.isFinite(found)) {
        confidence.record(found);
      }
    }
  }

  void recordViolations(List<Violation> violations) {
    violations.forEach(
        violation -> this.violations.increment(violation.feature(), violation.rule()));
  }
}
