package io.evenkeel.control.store;

import io.evenkeel.control.ControlStateException;
import io.evenkeel.control.ControlStore;
import io.evenkeel.monitoring.feedback.PredictionStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the control state on a thread of its own while the models load. Where it can't be opened,
 * it is tried again and again: a predecessor may still have the file, or the database may start
 * later. Thread-safe.
 */
public final class StateOpening implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StateOpening.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  private final StateProperties settings;
  private final InstantSource clock;
  private final PredictionKeys keys;
  private final CompletableFuture<JdbcControlStore> opened = new CompletableFuture<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable String obstacle;

  /** Begins to open it. */
  public StateOpening(StateProperties settings, InstantSource clock, PredictionKeys keys) {
    this.settings = settings;
    this.clock = clock;
    this.keys = keys;
    this.thread = Thread.ofPlatform().daemon().name("control-state").start(this::open);
  }

  /**
   * The store, once it is open. What depends on it runs on the thread that opened it; it is
   * cancelled if this is closed before. The store is closed by this.
   */
  public CompletionStage<ControlStore> opened() {
    return opened.thenApply(store -> (ControlStore) store).minimalCompletionStage();
  }

  /** The store of predictions in the same database, in the same way. */
  public CompletionStage<PredictionStore> predictions() {
    return opened.thenApply(JdbcControlStore::predictions).minimalCompletionStage();
  }

  /** Why it isn't open yet, and how to mend that; null while nothing has gone wrong. */
  public @Nullable String obstacle() {
    return obstacle;
  }

  private void open() {
    Duration pause = FIRST_PAUSE;
    while (!tryOpen()) {
      if (isClosedWithin(pause)) {
        opened.cancel(false);
        return;
      }
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
  }

  private boolean tryOpen() {
    long begun = System.nanoTime();
    JdbcControlStore store;
    try {
      store = JdbcControlStore.open(settings, clock, keys);
    } catch (ControlStateException e) {
      tell(e.getMessage());
      return false;
    }
    obstacle = null;
    LOG.info(
        "Opened the control state after {} ms: {}, schema version {}",
        Duration.ofNanos(System.nanoTime() - begun).toMillis(),
        settings.place(),
        store.schemaVersion());
    opened.complete(store);
    return true;
  }

  /** Once for each obstacle, however often it is met. */
  private void tell(@Nullable String message) {
    if (message != null && !message.equals(obstacle)) {
      LOG.error("{}. It is tried again", message);
      obstacle = message;
    }
  }

  private boolean isClosedWithin(Duration pause) {
    try {
      return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Gives up, or closes the store. */
  @Override
  public void close() {
    closing.countDown();
    try {
      if (!thread.join(LONGEST_END)) {
        LOG.warn("The control state is still being opened; the process ends all the same");
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (opened.isDone() && !opened.isCancelled()) {
      JdbcControlStore store = opened.join();
      store.close();
    }
  }
}
