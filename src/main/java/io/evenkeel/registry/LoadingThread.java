package io.evenkeel.registry;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that loads and unloads: versions are loaded one at a time, and never on a
 * request's thread. Thread-safe.
 */
public final class LoadingThread {
  private static final Logger LOG = LoggerFactory.getLogger(LoadingThread.class);

  private final ModelsWatch watch;
  private final Duration poll;
  private final AtomicInteger busy = new AtomicInteger();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("model-loading").factory());

  /**
   * @param poll the pause between two looks at the models' folder
   */
  public LoadingThread(ModelsWatch watch, Duration poll) {
    this.watch = watch;
    this.poll = poll;
  }

  /** Loads what is there, then keeps looking. Returns at once. */
  public void start(AfterLoading afterwards) {
    thread.execute(() -> {
      watchfully(() -> watch.loadAll(afterwards));
      long nanos = poll.toNanos();
      try {
        var ignored =
            thread.scheduleWithFixedDelay(
                () -> watchfully(watch::look), nanos, nanos, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("The server stops before all models are loaded");
      }
    });
  }

  private void watchfully(Runnable step) {
    busy.incrementAndGet();
    try {
      step.run();
    } catch (RuntimeException e) {
      // Thrown on, it would end the watch.
      LOG.error("A look at the models' folder failed because of a defect in Evenkeel", e);
    } finally {
      busy.decrementAndGet();
    }
  }

  /** Loads a version when its turn comes; see {@link ModelsWatch#load}. */
  public CompletableFuture<ModelVersion> load(String model, String version) {
    return submit(() -> watch.load(model, version));
  }

  /** Unloads a version when its turn comes; see {@link ModelsWatch#unload}. */
  public CompletableFuture<ModelVersion> unload(String model, String version, String reason) {
    return submit(() -> watch.unload(model, version, reason));
  }

  /** Looks now, instead of when it is time. */
  public CompletableFuture<Void> look() {
    return submit(() -> {
      watch.look();
      return null;
    });
  }

  private <T> CompletableFuture<T> submit(Callable<T> step) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      thread.execute(() -> {
        busy.incrementAndGet();
        try {
          result.complete(step.call());
        } catch (Exception e) {
          result.completeExceptionally(e);
        } finally {
          busy.decrementAndGet();
        }
      });
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(new IllegalStateException("the server stops", e));
    }
    return result;
  }

  /** Whether a version is being loaded, even after the end. */
  public boolean isBusy() {
    return busy.get() > 0;
  }

  /**
   * Begins nothing any more, and waits for what has begun.
   *
   * @return whether it came to its end in time
   */
  public boolean stop(Duration longest) throws InterruptedException {
    thread.shutdownNow();
    return thread.awaitTermination(longest.toNanos(), TimeUnit.NANOSECONDS);
  }
}
