package io.evenkeel.control.rollouts;

import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.VersionListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * What is decided about canaries, counted by the process that decides it. All counters of a model
 * are there from the start, so that the first rollback shows as an increase. Thread-safe.
 */
public final class RolloutMeters implements VersionListener {
  private static final String PREFIX = "rollout-";

  /** The actions of the journal, without their prefix. */
  private static final List<String> DECISIONS =
      List.of(
          "started",
          "advanced",
          "paused",
          "resumed",
          "promoted",
          "rolled-back",
          "aborted",
          "superseded");

  private final RolloutControl rollouts;
  private final MeterRegistry registry;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  public RolloutMeters(RolloutControl rollouts, MeterRegistry registry) {
    this.rollouts = rollouts;
    this.registry = registry;
    rollouts.tellOfDecisions(this::decided);
  }

  private void decided(String model, String action) {
    counter(model, action.substring(PREFIX.length())).increment();
  }

  @Override
  public void added(ModelVersion version) {
    String model = version.model();
    if (known.add(model)) {
      DECISIONS.forEach(decision -> counter(model, decision));
      gauge(
          "evenkeel.canary.share",
          "The canary's part of the model's traffic",
          model,
          found -> found.canaryShare(model));
      gauge(
          "evenkeel.rollout.paused",
          "1 while the model's rollout waits for somebody",
          model,
          found -> found.isPaused(model) ? 1 : 0);
    }
  }

  private Counter counter(String model, String decision) {
    return Counter.builder("evenkeel.rollout.decisions")
        .description("What was decided about canaries")
        .tags("model", model, "decision", decision)
        .register(registry);
  }

  private void gauge(
      String name, String description, String model, ToDoubleFunction<RolloutControl> value) {
    Gauge.builder(name, rollouts, value)
        .description(description)
        .tags(Tags.of("model", model))
        .register(registry);
  }
}
