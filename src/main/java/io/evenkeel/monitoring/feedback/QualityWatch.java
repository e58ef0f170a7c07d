package io.evenkeel.monitoring.feedback;

import io.evenkeel.monitoring.quality.ClassificationQuality;
import io.evenkeel.monitoring.quality.ConfidenceTally;
import io.evenkeel.monitoring.quality.Estimate;
import io.evenkeel.monitoring.quality.Metric;
import io.evenkeel.monitoring.quality.Predicted;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.VersionListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How good the predictions of each version are: measured where outcomes are known, estimated where
 * they aren't. Figures come from the store, so they are the same after a restart and in each
 * replica that shares it. Thread-safe.
 */
public final class QualityWatch implements OutcomeListener, VersionListener {
  private static final Duration REFRESH_EVERY = Duration.ofSeconds(10);

  private final QualityProperties settings;
  private final FeedbackThread thread;
  private final ModelRegistry registry;
  private final InstantSource clock;
  private final MeterRegistry meters;

  /** By name, so that there is one set of gauges for each, whatever its content is at present. */
  private final Map<String, VersionQuality> qualities = new ConcurrentHashMap<>();

  private final Set<VersionQuality> changed = ConcurrentHashMap.newKeySet();

  public QualityWatch(
      QualityProperties settings,
      FeedbackThread thread,
      ModelRegistry registry,
      InstantSource clock,
      MeterRegistry meters) {
    this.settings = settings;
    this.thread = thread;
    this.registry = registry;
    this.clock = clock;
    this.meters = meters;
    thread.every(REFRESH_EVERY, this::refresh);
  }

  private VersionQuality of(ModelVersion version) {
    return qualities.computeIfAbsent(
        version.toString(),
        name -> {
          ConfidenceTally tally = new ConfidenceTally(settings.confidenceFloor());
          return new VersionQuality(version.model(), version.version(), tally, clock, meters);
        });
  }

  /** Predictions that were made; on the feedback thread. */
  void seen(List<PredictionRecorder.Fresh> predictions) {
    for (PredictionRecorder.Fresh fresh : predictions) {
      VersionQuality quality = of(fresh.version());
      if (fresh.prediction().predicted() instanceof Predicted.Classes classes) {
        quality.confidences().add(classes, fresh.prediction().at());
      }
      changed.add(quality);
    }
  }

  @Override
  public void judged(
      KeptPrediction prediction, KnownOutcome outcome, @Nullable KnownOutcome before) {
    ModelVersion version = registry.find(prediction.model(), prediction.version());
    if (version != null) {
      changed.add(of(version));
    }
  }

  private void refresh(PredictionStore store) {
    for (VersionQuality quality : List.copyOf(changed)) {
      changed.remove(quality);
      QualityWindow window = window(store, quality.model(), quality.version());
      quality.show(window.count(), window.points());
    }
  }

  private QualityWindow window(PredictionStore store, String model, String version) {
    Instant since = clock.instant().minus(settings.windowTime());
    int limit = settings.window();
    return new QualityWindow(
        settings.minOutcomes(),
        store.newest(new PredictionStore.Query(model, version, true, since, limit)),
        store.newest(new PredictionStore.Query(model, version, false, since, limit)));
  }

  /**
   * How good a version's predictions are.
   *
   * @throws FeedbackUnavailableException if the store can't be asked now
   */
  public QualityReport report(ModelVersion version) {
    VersionQuality quality = qualities.get(version.toString());
    return thread.call(store -> {
      QualityWindow window = window(store, version.model(), version.version());
      ClassificationQuality classes = window.classification();
      Map<Metric, Estimate> figures = new LinkedHashMap<>(window.values());
      if (classes != null) {
        figures.putAll(classes.figures());
      }
      return new QualityReport(
          quality == null ? null : quality.confidences().report(clock.instant()),
          window.outcomes(),
          figures,
          classes == null ? null : classes.reliability(),
          window.expected());
    });
  }

  @Override
  public void gone(ModelVersion version) {
    qualities.computeIfPresent(
        version.toString(),
        (name, quality) -> {
          changed.remove(quality);
          quality.close();
          return null;
        });
  }

  /** The moment that reports are made at. */
  public Instant now() {
    return clock.instant();
  }
}
