package io.evenkeel.serving;

import io.evenkeel.admission.Shed;
import io.evenkeel.contract.Degradation;
import io.evenkeel.registry.ModelVersion;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The meters of serving, by name and tags. Tag values are bounded: never an id, a caller or what a
 * caller sent.
 */
final class MeterNames {
  private static final Duration[] LATENCY_BUCKETS = {
    Duration.ofNanos(100_000),
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofNanos(2_500_000),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
  };
  private static final Duration[] STEP_BUCKETS = {
    Duration.ofNanos(5_000), Duration.ofNanos(10_000), Duration.ofNanos(25_000),
        Duration.ofNanos(50_000),
    Duration.ofNanos(100_000), Duration.ofNanos(250_000), Duration.ofMillis(1),
        Duration.ofMillis(5),
    Duration.ofMillis(25), Duration.ofMillis(100), Duration.ofSeconds(1),
  };
  private static final double[] CONFIDENCE_BUCKETS = {0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1};
  private static final double[] ROW_BUCKETS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 1024, 4096, 16384};

  private MeterNames() {}

  /** From the servlet's entry to the written answer, per ending. */
  static Timer request(
      MeterRegistry registry, String endpoint, @Nullable ModelVersion version, String outcome) {
    return Timer.builder("evenkeel.request")
        .description("Time from a request's arrival to its written answer")
        .tags(tags(version).and("endpoint", endpoint, "outcome", outcome))
        .serviceLevelObjectives(LATENCY_BUCKETS)
        .register(registry);
  }

  static Timer step(MeterRegistry registry, Step step, String model) {
    return Timer.builder("evenkeel.step")
        .description("Time a request spends in one step")
        .tags("step", step.label(), "model", model)
        .serviceLevelObjectives(STEP_BUCKETS)
        .register(registry);
  }

  static DistributionSummary confidence(MeterRegistry registry, ModelVersion version) {
    return DistributionSummary.builder("evenkeel.confidence")
        .description("Probability of the predicted class")
        .tags(tags(version))
        .serviceLevelObjectives(CONFIDENCE_BUCKETS)
        .register(registry);
  }

  static DistributionSummary batchRows(MeterRegistry registry, ModelVersion version) {
    return DistributionSummary.builder("evenkeel.batch.rows")
        .description("Instances in a served batch request")
        .tags(tags(version))
        .serviceLevelObjectives(ROW_BUCKETS)
        .register(registry);
  }

  /** The feature of an unknown member is left empty: its name is the caller's. */
  static Counter violations(
      MeterRegistry registry, ModelVersion version, String feature, String rule) {
    return found("evenkeel.violations", "Values that break their contract")
        .tags(tags(version).and("feature", feature, "rule", rule))
        .register(registry);
  }

  static Counter monitored(
      MeterRegistry registry, ModelVersion version, String feature, String rule) {
    return found("evenkeel.monitored.violations", "Values that break a rule that isn't enforced")
        .tags(tags(version).and("feature", feature, "rule", rule))
        .register(registry);
  }

  static Counter warnings(
      MeterRegistry registry, ModelVersion version, String feature, String rule) {
    return found("evenkeel.warnings", "What was noticed about values that are served all the same")
        .tags(tags(version).and("feature", feature, "rule", rule))
        .register(registry);
  }

  /**
   * @param kind {@code imputed} where the preprocessor puts a value, {@code default} where the
   *     contract does
   */
  static Counter imputations(
      MeterRegistry registry, ModelVersion version, String feature, String kind) {
    return found("evenkeel.imputations", "Valid rows that lack a feature's value")
        .tags(tags(version).and("feature", feature, "kind", kind))
        .register(registry);
  }

  static Counter rows(MeterRegistry registry, ModelVersion version, boolean valid) {
    return found("evenkeel.rows", "Rows that were read and held against the contract")
        .tags(tags(version).and("result", valid ? "valid" : "invalid"))
        .register(registry);
  }

  private static Counter.Builder found(String name, String description) {
    return Counter.builder(name).description(description);
  }

  static Counter observerFailures(MeterRegistry registry, String observer) {
    return Counter.builder("evenkeel.observer.failures")
        .description("Calls of an observer that ended in an exception")
        .tags("observer", observer)
        .register(registry);
  }

  static Counter observerDropped(MeterRegistry registry, String observer) {
    return Counter.builder("evenkeel.observer.dropped")
        .description("Rows that an observer didn't look at, because there were too many")
        .tags("observer", observer)
        .register(registry);
  }

  static Counter shed(MeterRegistry registry, String model, Shed.Reason reason) {
    return Counter.builder("evenkeel.shed")
        .description("Requests a version refused before any work was done")
        .tags("model", model, "reason", reason.word())
        .register(registry);
  }

  static Counter degraded(MeterRegistry registry, String model, Degradation.Mode mode) {
    return Counter.builder("evenkeel.degraded")
        .description("Answers in place of those of the version that was asked")
        .tags("model", model, "mode", mode.word())
        .register(registry);
  }

  static void cacheBytes(MeterRegistry registry, ModelVersion version, AnswerCache cache) {
    Gauge.builder("evenkeel.cache.bytes", cache, AnswerCache::bytes)
        .description("About how much memory the version's cached answers take")
        .tags(tags(version))
        .register(registry);
  }

  static Counter refused(MeterRegistry registry, String kind) {
    return Counter.builder("evenkeel.refused")
        .description("Requests that could not be understood")
        .tags("kind", kind)
        .register(registry);
  }

  private static Tags tags(@Nullable ModelVersion version) {
    return version == null
        ? Tags.of("model", "", "version", "")
        : Tags.of("model", version.model(), "version", version.version());
  }
}
