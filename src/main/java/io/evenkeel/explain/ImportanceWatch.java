package io.evenkeel.explain;

import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.PerVersion;
import io.evenkeel.registry.VersionListener;
import io.evenkeel.serving.Observers;
import io.evenkeel.serving.spi.PredictionEvent;
import io.evenkeel.serving.spi.PredictionObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches which features matter to the answers, on a small random part of the rows and a thread of
 * its own. Its runs go through the version's lane with the priority that is refused first, so that
 * they never stand in a request's way. What was chosen and couldn't be run counts as dropped.
 * Thread-safe. To a request's thread it costs a look into a map and the count of its rows, unless a
 * row is chosen.
 */
public final class ImportanceWatch implements PredictionObserver, VersionListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImportanceWatch.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** A run isn't left alone with native memory that is about to be freed. */
  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  private final ImportanceProperties properties;
  private final Bases bases;
  private final Duration budget;
  private final MeterRegistry meters;
  private final Counter dropped;
  private final PerVersion<WatchedImportance> watched = new PerVersion<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  @SuppressWarnings("ThreadPriorityCheck") // a hint, no more: bounds are what protects requests
  private final Thread thread =
      Thread.ofPlatform()
          .name("importance-watch")
          .daemon()
          .priority(Thread.MIN_PRIORITY)
          .unstarted(this::watch);

  /**
   * @param budget how long one row's runs may take
   */
  public ImportanceWatch(
      ImportanceProperties properties, Bases bases, Duration budget, MeterRegistry meters) {
    this.properties = properties;
    this.bases = bases;
    this.budget = budget;
    this.meters = meters;
    this.dropped = Observers.dropped(meters, "importance");
  }

  /** Begins to watch, if it is to. */
  public void start() {
    if (isEnabled()) {
      thread.start();
    }
  }

  private boolean isEnabled() {
    return properties.rowsPerMinute() > 0;
  }

  @Override
  public String name() {
    return "importance";
  }

  @Override
  public void observe(PredictionEvent event) {
    if (isEnabled() && !event.ending().predictions().isEmpty()) {
      of(event.asked()).offer(event);
    }
  }

  private WatchedImportance of(ModelVersion version) {
    return watched.of(version, one -> new WatchedImportance(one, properties));
  }

  private void watch() {
    try {
      while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      LOG.debug("The watch ends");
    }
  }

  /** Looks at the rows that were chosen since the last time. For one thread. */
  void look() {
    watched.forEach((version, of) -> {
      try {
        of.begin(bases, meters);
        dropped.increment((double) of.look(budget, System.nanoTime()));
      } catch (RuntimeException e) {
        // Thrown on, it would end the watch.
        LOG.error("Which features matter wasn't found out because of a defect in Evenkeel", e);
      }
    });
  }

  /** How much features matter to a version's answers; null where that isn't watched. */
  public @Nullable Standing standing(ModelVersion version) {
    WatchedImportance of = watched.find(version);
    return of == null ? null : of.standing();
  }

  /**
   * What is known at present.
   *
   * @param rowsSince rows in the window that isn't full yet
   * @param last what the last full window said; null before there is one
   */
  public record Standing(int rowsSince, @Nullable ImportanceReport last) {}

  @Override
  public void gone(ModelVersion version) {
    WatchedImportance of = watched.remove(version);
    if (of != null) {
      of.end();
    }
  }

  /** Ends the watch; rows that were chosen are left. */
  @Override
  public void close() {
    closing.countDown();
    try {
      if (thread.isAlive() && !thread.join(LONGEST_END)) {
        LOG.warn("A look at which features matter still runs");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
