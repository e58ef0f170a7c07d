package io.evenkeel.monitoring.slo;

import io.evenkeel.monitoring.feedback.QualityListener;
import io.evenkeel.monitoring.feedback.StrictFigure;
import io.evenkeel.monitoring.quality.Metric;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.VersionListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * Knows how each version keeps what is promised of its predictions. It is told when figures have
 * changed; a request isn't. Thread-safe.
 */
public final class QualityPromises implements QualityListener, VersionListener {
  private final List<Objective> objectives;
  private final MeterRegistry meters;
  private final BiPredicate<String, String> isListed;
  private final Set<String> announced = new HashSet<>();
  private final Map<String, Map<String, List<QualityStanding>>> standings = new TreeMap<>();

  /**
   * @param most of how many predictions a figure is made of
   * @param isListed whether there is such a version of such a model
   * @throws IllegalArgumentException if a promise takes more predictions than that
   */
  public QualityPromises(
      List<Objective> all, int most, BiPredicate<String, String> isListed, MeterRegistry meters) {
    this.objectives = all.stream().filter(found -> found.quality() != null).toList();
    this.meters = meters;
    this.isListed = isListed;
    for (Objective objective : objectives) {
      QualityPromise promise = objective.quality();
      if (promise != null && promise.minimum() > most) {
        throw new IllegalArgumentException(
            ("evenkeel.slo.objectives: `quality.minimum` of `%s` is %d, but a figure is made of %d "
                    + "predictions at most; lower it, or raise `evenkeel.quality.window` and "
                    + "`evenkeel.feedback.max-predictions`")
                .formatted(objective.name(), promise.minimum(), most));
      }
    }
  }

  @Override
  public void added(ModelVersion version) {
    know(version.model(), version.version());
  }

  /** Where another content takes the version's place, its name is still listed. */
  @Override
  public void gone(ModelVersion version) {
    settle(version.model(), version.version());
  }

  /** Begins to judge a version. */
  synchronized void know(String model, String version) {
    if (standings.getOrDefault(model, Map.of()).containsKey(version)) {
      return;
    }
    List<QualityStanding> found = new ArrayList<>();
    for (Objective objective : objectives) {
      QualityPromise promise = objective.quality();
      if (promise != null && objective.isAbout(model)) {
        announce(objective, promise, model);
        found.add(new QualityStanding(objective, promise, model, version, meters));
      }
    }
    if (!found.isEmpty()) {
      standings.computeIfAbsent(model, ignored -> new TreeMap<>()).put(version, found);
    }
  }

  /** What Prometheus's rules need to know of a promise. */
  private void announce(Objective objective, QualityPromise promise, String model) {
    if (announced.add(objective.name() + '\n' + model)) {
      Gauge.builder("evenkeel.slo.quality.promised", promise::bound)
          .description("What is promised of a figure of quality")
          .tags(
              "slo", objective.name(),
              "metric", promise.metric().word(),
              "model", model,
              "owner", objective.owner(),
              "severity", promise.severityWord())
          .strongReference(true)
          .register(meters);
    }
  }

  /** Ends to judge a version that is listed no more. */
  synchronized void settle(String model, String version) {
    if (isListed.test(model, version)) {
      return;
    }
    Map<String, List<QualityStanding>> versions = standings.get(model);
    List<QualityStanding> old = versions == null ? null : versions.remove(version);
    if (old != null) {
      old.forEach(QualityStanding::close);
    }
  }

  @Override
  public Set<Metric> wanted(String model) {
    Set<Metric> metrics = EnumSet.noneOf(Metric.class);
    for (Objective objective : objectives) {
      QualityPromise promise = objective.quality();
      if (promise != null && objective.isAbout(model)) {
        metrics.add(promise.metric());
      }
    }
    return metrics;
  }

  @Override
  public synchronized void measured(
      String model, String version, Map<Metric, StrictFigure> figures, Instant at) {
    for (QualityStanding standing :
        standings.getOrDefault(model, Map.of()).getOrDefault(version, List.of())) {
      StrictFigure figure = figures.get(standing.promise().metric());
      if (figure != null) {
        standing.judge(figure, at);
      }
    }
  }

  /** How each promise stands with each version, by model and version. */
  public synchronized List<SloReport.QualityLine> report() {
    return standings.values().stream()
        .flatMap(versions -> versions.values().stream())
        .flatMap(List::stream)
        .map(QualityStanding::report)
        .toList();
  }
}
