package io.evenkeel.monitoring.watch;

import io.evenkeel.contract.Row;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.inference.Prediction;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.monitoring.drift.CallerThinning;
import io.evenkeel.monitoring.drift.DriftLevel;
import io.evenkeel.monitoring.drift.DriftSnapshot;
import io.evenkeel.monitoring.drift.RequestSample;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Servable;
import io.evenkeel.registry.VersionListener;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the traffic for drift, on a thread of its own behind a bounded queue. Of a version only
 * so many rows are looked at in a second, chosen at random; of one routing key only so many in a
 * row, so that one caller's loop is no drift. What isn't looked at is counted. Thread-safe.
 */
public final class DriftWatch
    implements PredictionObserver, VersionListener, SignalSource, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_END = Duration.ofSeconds(5);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

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
  private final DriftMeters meters;
  private final Counter dropped;
  private final BlockingQueue<Seen> queue;
  private final CallerThinning thinning;
  private final Map<ModelVersion, Watched> watched = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closing;

  /** A request that is to be looked at. */
  private record Seen(
      ModelVersion version,
      List<Row> rows,
      List<@Nullable Prediction> predictions,
      @Nullable String key) {}

  /** A version, and how many of its rows have been looked at in this second. */
  private static final class Watched {
    final @Nullable VersionDrift drift;
    private long second;
    private int rows;
    private int before;
    private DriftLevel level = DriftLevel.CALM;

    Watched(@Nullable VersionDrift drift) {
      this.drift = drift;
    }

    /** Whether to look at one more row: all, as long as they are few enough. */
    boolean looks(long now, int most) {
      long current = now / SECOND;
      if (current != second) {
        before = current == second + 1 ? rows : 0;
        second = current;
        rows = 0;
      }
      rows++;
      return before <= most || ThreadLocalRandom.current().nextInt(before) < most;
    }
  }

  public DriftWatch(
      DriftProperties properties,
      ModelRegistry registry,
      Router router,
      DriftStore store,
      MeterRegistry meters) {
    this.properties = properties;
    this.registry = registry;
    this.router = router;
    this.store = store;
    this.meters = new DriftMeters(meters);
    this.dropped = Observers.dropped(meters, "drift");
    this.queue = new ArrayBlockingQueue<>(properties.queue());
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
    String key = event.origin().requester().caller();
    offer(new Seen(event.asked(), event.rows(), event.ending().predictions(), key));
    if (event.origin().role() == Routing.Role.FALLBACK) {
      ModelVersion stable = stable(event.asked().model());
      if (stable != null) {
        offer(new Seen(stable, event.rows(), List.of(), key));
      }
    }
  }

  /** The version whose requests the fallback answers: what it was made for is still watched. */
  private @Nullable ModelVersion stable(String model) {
    String stable = router.routes().of(model).stable();
    return stable == null ? null : registry.find(model, stable);
  }

  private void offer(Seen seen) {
    if (!queue.offer(seen)) {
      dropped.increment(seen.rows().size());
    }
  }

  private void watch() {
    long nextSave = System.nanoTime() + properties.save().toNanos();
    while (!closing) {
      try {
        Seen seen = queue.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        if (seen != null) {
          look(seen);
        }
        if (System.nanoTime() - nextSave >= 0) {
          nextSave = System.nanoTime() + properties.save().toNanos();
          save();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        // Thrown on, it would end the watch.
        LOG.error("A look for drift failed because of a defect in Evenkeel", e);
      }
    }
  }

  private void look(Seen seen) {
    Watched of = watched.computeIfAbsent(seen.version(), this::begin);
    VersionDrift drift = of.drift;
    if (drift == null) {
      return;
    }
    for (int i = 0; i < seen.rows().size(); i++) {
      long now = System.nanoTime();
      boolean looks =
          of.looks(now, properties.maxRowsPerSecond())
              && (seen.key() == null || thinning.keeps(RequestSample.hash(seen.key()), now));
      if (!looks) {
        dropped.increment();
        continue;
      }
      Prediction prediction = i < seen.predictions().size() ? seen.predictions().get(i) : null;
      tell(seen.version(), of, drift.observe(seen.rows().get(i), prediction), drift);
    }
  }

  private void tell(ModelVersion version, Watched of, DriftLevel level, VersionDrift drift) {
    if (level == of.level) {
      return;
    }
    DriftLevel before = of.level;
    of.level = level;
    DriftSnapshot snapshot = drift.snapshot();
    if (before == DriftLevel.CALM) {
      meters.alarm(version, snapshot);
    }
    if (level.compareTo(before) > 0) {
      LOG.warn(
          "Model {} drifts ({}): {}",
          version,
          level,
          snapshot.causes().stream().map(DriftSnapshot.Cause::stream).limit(3).toList());
    } else {
      LOG.info("Model {} drifts less: {} now", version, level);
    }
  }

  private Watched begin(ModelVersion version) {
    Servable servable = version.servable();
    if (servable == null) {
      return new Watched(null);
    }
    try {
      Optional<Reference> reference = version.referenceFile().map(Reference::read);
      if (reference.isEmpty()) {
        return new Watched(null);
      }
      reference.get().checkAgainst(servable.contract());
      VersionDrift drift = new VersionDrift(servable.contract(), reference.get(), properties);
      store.restore(version, drift);
      meters.bind(version, drift);
      return new Watched(drift);
    } catch (UnusableModelException e) {
      LOG.warn(
          "Model {} isn't watched for drift, because of its reference. {}",
          version,
          e.mistakes().getFirst());
      return new Watched(null);
    }
  }

  private void save() {
    watched.forEach((version, of) -> {
      if (of.drift != null) {
        store.save(version, of.drift);
      }
    });
  }

  @Override
  public void gone(ModelVersion version) {
    Watched of = watched.remove(version);
    if (of != null && of.drift != null) {
      meters.unbind(version);
    }
  }

  /** What is known of a version; null where it isn't watched, or nobody has asked it yet. */
  public @Nullable DriftReport report(ModelVersion version) {
    Watched of = watched.get(version);
    return of == null || of.drift == null
        ? null
        : DriftReport.of(of.drift, properties, dropped.count());
  }

  @Override
  public List<Signal> signals(String model) {
    List<Signal> signals = new ArrayList<>();
    watched.forEach((version, of) -> {
      if (of.drift != null && version.model().equals(model)) {
        addSignals(signals, version, of.drift);
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
    ModelVersion found = registry.find(model, version);
    Watched of = found == null ? null : watched.get(found);
    return of == null || of.drift == null ? 0 : of.drift.snapshot().rows();
  }

  /** Keeps what is known, and ends the watch. The store is closed after this. */
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      if (thread.join(LONGEST_END)) {
        save();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
