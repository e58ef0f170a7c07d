package io.evenkeel.monitoring.watch;

import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.monitoring.drift.CallerThinning;
import io.evenkeel.monitoring.drift.DriftLevel;
import io.evenkeel.monitoring.drift.DriftSnapshot;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.PerVersion;
import io.evenkeel.registry.Servable;
import io.evenkeel.registry.VersionListener;
import io.evenkeel.routing.Requester;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.remediation.Signal;
import io.evenkeel.routing.remediation.SignalSource;
import io.evenkeel.serving.Observers;
import io.evenkeel.serving.spi.PredictionEvent;
import io.evenkeel.serving.spi.PredictionObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the traffic for drift, on a thread of its own that looks now and then at what was left
 * for it. Of a version only so many rows are looked at in a second, chosen at random; of one
 * routing key only so many in a row, so that one caller's loop is no drift. What isn't looked at is
 * counted. Where servers share the control state, alarms and signals are those of the servers
 * together. Thread-safe.
 */
public final class DriftWatch
    implements PredictionObserver, VersionListener, SignalSource, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  /** For so long rows wait for the control state; of many, a random part. */
  private static final Duration LONGEST_OPENING = Duration.ofSeconds(30);

  /** Rows of one key: so many at once, then one for each interval. */
  private static final int BURST = 100;

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final int PLACES = 1 << 14;

  /** From this part of the evidence on, a group of streams tells for itself. */
  private static final double TELLING = 0.1;

  private final DriftProperties properties;
  private final ModelRegistry registry;
  private final Router router;
  private final DriftStore store;
  private final InstantSource clock;
  private final DriftMeters meters;
  private final Counter dropped;
  private final CallerThinning thinning;
  private final PerVersion<WatchedVersion> watched = new PerVersion<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final long made = System.nanoTime();
  private final Thread thread;

  /**
   * @param clock tells the season, where a reference has seasons
   */
  public DriftWatch(
      DriftProperties properties,
      ModelRegistry registry,
      Router router,
      DriftStore store,
      MeterRegistry meters,
      InstantSource clock) {
    this.properties = properties;
    this.registry = registry;
    this.router = router;
    this.store = store;
    this.clock = clock;
    this.meters = new DriftMeters(meters);
    this.dropped = Observers.dropped(meters, "drift");
    this.thinning = new CallerThinning(INTERVAL, BURST, PLACES, System.nanoTime());
    this.thread = Thread.ofPlatform().daemon().name("drift-watch").unstarted(this::watch);
    if (properties.enabled()) {
      thread.start();
    }
  }

  @Override
  public String name() {
    return "drift";
  }

  @Override
  public void observe(PredictionEvent event) {
    if (!properties.enabled()) {
      return;
    }
    Requester requester = event.origin().requester();
    of(event.asked()).offer(event.rows(), event.ending().predictions(), requester);
    if (event.origin().role() == Routing.Role.FALLBACK) {
      ModelVersion stable = stable(event.asked().model());
      if (stable != null) {
        of(stable).offer(event.rows(), List.of(), requester);
      }
    }
  }

  private WatchedVersion of(ModelVersion version) {
    return watched.of(version, one -> new WatchedVersion(one, properties.maxRowsPerSecond()));
  }

  /** The version whose requests the fallback answers: what it was made for is still watched. */
  private @Nullable ModelVersion stable(String model) {
    String stable = router.routes().of(model).stable();
    return stable == null ? null : registry.find(model, stable);
  }

  private void watch() {
    long nextSave = System.nanoTime() + properties.save().toNanos();
    try {
      while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
        if (System.nanoTime() - nextSave >= 0) {
          nextSave = System.nanoTime() + properties.save().toNanos();
          save();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("The watch ends");
    }
  }

  private void look() {
    watched.forEach((version, of) -> {
      try {
        if (of.isNew() && canBegin()) {
          begin(version, of);
        }
        dropped.increment((double) of.look(thinning, meters, clock.instant()));
      } catch (RuntimeException e) {
        // Thrown on, it would end the watch.
        LOG.error("A look for drift failed because of a defect in Evenkeel", e);
      }
    });
  }

  /** Not before it can be asked what is known from before, unless that takes too long. */
  private boolean canBegin() {
    return store.isOpen() || System.nanoTime() - made > LONGEST_OPENING.toNanos();
  }

  private void begin(ModelVersion version, WatchedVersion of) {
    VersionDrift drift = drift(version);
    if (drift == null) {
      of.end(() -> {});
    } else {
      of.begin(drift, () -> meters.bind(version, drift));
    }
  }

  /** What is known of a version from before; null where it can't be watched. */
  private @Nullable VersionDrift drift(ModelVersion version) {
    Servable servable = version.servable();
    if (servable == null) {
      return null;
    }
    try {
      Optional<Reference> reference = version.referenceFile().map(Reference::read);
      if (reference.isEmpty()) {
        return null;
      }
      reference.get().checkAgainst(servable.contract());
      VersionDrift drift = new VersionDrift(servable.contract(), reference.get(), properties);
      store.restore(version, drift);
      return drift;
    } catch (UnusableModelException e) {
      LOG.warn(
          "Model {} isn't watched for drift, because of its reference. {}",
          version,
          e.mistakes().getFirst());
      return null;
    }
  }

  private void save() {
    watched.forEach((version, of) -> {
      VersionDrift drift = of.drift();
      if (drift != null) {
        store.exchange(version, drift);
      }
    });
  }

  @Override
  public void gone(ModelVersion version) {
    WatchedVersion of = watched.remove(version);
    if (of != null) {
      of.end(() -> meters.unbind(version));
    }
  }

  private @Nullable VersionDrift known(@Nullable ModelVersion version) {
    WatchedVersion of = version == null ? null : watched.find(version);
    return of == null ? null : of.drift();
  }

  /** What is known of a version; null where it isn't watched, or nobody has asked it yet. */
  public @Nullable DriftReport report(ModelVersion version) {
    VersionDrift drift = known(version);
    return drift == null ? null : DriftReport.of(drift, properties, dropped.count());
  }

  @Override
  public List<Signal> signals(String model) {
    List<Signal> signals = new ArrayList<>();
    watched.forEach((version, of) -> {
      VersionDrift drift = of.drift();
      if (drift != null && version.model().equals(model)) {
        addSignals(signals, version, drift);
      }
    });
    return signals;
  }

  private void addSignals(List<Signal> signals, ModelVersion version, VersionDrift drift) {
    DriftSnapshot snapshot = drift.snapshot();
    if (snapshot.level() == DriftLevel.CALM) {
      return;
    }
    Signal.Stage stage =
        snapshot.level() == DriftLevel.ACT ? Signal.Stage.ACT : Signal.Stage.INFORM;
    snapshot
        .groups()
        .forEach((group, evidence) -> {
          if (evidence >= TELLING * snapshot.evidence()) {
            signals.add(
                new Signal(
                    version.model(),
                    version.version(),
                    DriftMeters.word(group),
                    stage,
                    evidence,
                    drift.effect(group),
                    properties.window()));
          }
        });
  }

  @Override
  public long rowsWatched(String model, String version) {
    VersionDrift drift = known(registry.find(model, version));
    return drift == null ? 0 : drift.own().rows();
  }

  /** Keeps what is known, and ends the watch. The store is closed after this. */
  @Override
  public void close() {
    closing.countDown();
    try {
      if (thread.join(LONGEST_END)) {
        save();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
