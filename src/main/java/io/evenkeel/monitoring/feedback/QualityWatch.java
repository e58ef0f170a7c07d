package io.evenkeel.monitoring.feedback;

import io.evenkeel.contract.Contract;
import io.evenkeel.monitoring.quality.ClassificationQuality;
import io.evenkeel.monitoring.quality.ConfidenceTally;
import io.evenkeel.monitoring.quality.Estimate;
import io.evenkeel.monitoring.quality.Metric;
import io.evenkeel.monitoring.quality.Predicted;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Servable;
import io.evenkeel.registry.VersionListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * How good the predictions of each version are: measured where outcomes are known, estimated where
 * they aren't. Figures come from the store, so they are the same after a restart and in each
 * replica that shares it. Thread-safe.
 */
public final class QualityWatch implements OutcomeListener, VersionListener {
  /** Outcomes grow older and leave the window, though nothing new comes. */
  private static final Duration AGE_EVERY = Duration.ofMinutes(10);

  /** A version by its name, whatever its content is at present. */
  private record Named(String model, String version) {
    static Named of(ModelVersion version) {
      return new Named(version.model(), version.version());
    }
  }

  private final QualityProperties settings;
  private final FeedbackThread thread;
  private final ModelRegistry registry;
  private final InstantSource clock;
  private final MeterRegistry meters;

  /** One set of gauges for each. */
  private final Map<Named, VersionQuality> qualities = new ConcurrentHashMap<>();

  private final Set<Named> changed = ConcurrentHashMap.newKeySet();
  private final List<QualityListener> listeners = new CopyOnWriteArrayList<>();

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
    thread.every(settings.refresh(), this::refresh);
    thread.every(AGE_EVERY, ignored -> registry.all().forEach(this::added));
  }

  /** Tells of the figures that it wants, from the next refresh on. */
  public void follow(QualityListener listener) {
    listeners.add(listener);
    registry.all().forEach(this::added);
  }

  @Override
  public void added(ModelVersion version) {
    if (listeners.stream().anyMatch(found -> !found.wanted(version.model()).isEmpty())) {
      changed.add(Named.of(version));
    }
  }

  private VersionQuality of(ModelVersion version) {
    return qualities.computeIfAbsent(
        Named.of(version),
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
      changed.add(Named.of(fresh.version()));
    }
  }

  @Override
  public void judged(
      KeptPrediction prediction, KnownOutcome outcome, @Nullable KnownOutcome before) {
    ModelVersion version = registry.find(prediction.model(), prediction.version());
    if (version != null) {
      VersionQuality ignored = of(version);
      changed.add(Named.of(version));
    }
  }

  private void refresh(PredictionStore store) {
    for (Named one : List.copyOf(changed)) {
      // Before the store is asked: what changes meanwhile is asked for next time.
      changed.remove(one);
      try {
        QualityWindow window = window(store, one.model(), one.version());
        VersionQuality quality = qualities.get(one);
        if (quality != null) {
          quality.show(window.count(), window.points());
        }
        listeners.forEach(listener -> tell(listener, one, window));
      } catch (RuntimeException e) {
        changed.add(one);
        throw e;
      }
    }
  }

  private void tell(QualityListener listener, Named one, QualityWindow window) {
    Map<Metric, StrictFigure> figures = new EnumMap<>(Metric.class);
    listener.wanted(one.model()).forEach(metric -> figures.put(metric, window.strict(metric)));
    if (!figures.isEmpty()) {
      listener.measured(one.model(), one.version(), figures, clock.instant());
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
    VersionQuality quality = qualities.get(Named.of(version));
    Servable servable = version.servable();
    Contract contract = servable == null ? null : servable.contract();
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
          window.expected(),
          contract == null ? null : window.groups(contract));
    });
  }

  @Override
  public void gone(ModelVersion version) {
    qualities.computeIfPresent(
        Named.of(version),
        (name, quality) -> {
          quality.close();
          return null;
        });
  }

  /** The moment that reports are made at. */
  public Instant now() {
    return clock.instant();
  }
}
