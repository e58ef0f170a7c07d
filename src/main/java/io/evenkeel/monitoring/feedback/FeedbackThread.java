package io.evenkeel.monitoring.feedback;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that works with the store of predictions. A request's virtual thread would hold on
 * to its carrier while a database in the same process reads a file; so whoever wants something of
 * the store waits here, and predictions don't. Thread-safe.
 */
public final class FeedbackThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FeedbackThread.class);
  private static final int MOST_WAITING = 64;
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("feedback").factory());
  private final Semaphore room = new Semaphore(MOST_WAITING);
  private volatile @Nullable PredictionStore store;

  /**
   * @param opening the store, once it is open; it is closed by somebody else, after this
   */
  public FeedbackThread(CompletionStage<? extends PredictionStore> opening) {
    var ignored = opening.thenAccept(opened -> store = opened);
  }

  /**
   * Does something with the store, and waits for it.
   *
   * @throws FeedbackUnavailableException if the store isn't open, or too many wait already
   */
  <T> T call(Function<PredictionStore, T> work) {
    PredictionStore opened = store;
    if (opened == null) {
      throw new FeedbackUnavailableException(
          "the control state isn't open yet; the log and health say why");
    }
    if (!room.tryAcquire()) {
      throw new FeedbackUnavailableException(
          MOST_WAITING + " calls wait for the store of predictions already");
    }
    try {
      return thread.submit(() -> work.apply(opened)).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (RejectedExecutionException e) {
      throw new FeedbackUnavailableException("the server stops");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FeedbackUnavailableException("the server stops");
    } finally {
      room.release();
    }
  }

  /**
   * Does something with the store again and again, from when it is open. A failure is logged when
   * it is another than the last one.
   */
  void every(Duration pause, Consumer<PredictionStore> work) {
    AtomicReference<String> lastFailure = new AtomicReference<>("");
    Runnable guarded =
        () -> {
          PredictionStore opened = store;
          if (opened != null) {
            try {
              work.accept(opened);
              lastFailure.set("");
            } catch (RuntimeException e) {
              if (!lastFailure
                  .getAndSet(String.valueOf(e.getMessage()))
                  .equals(String.valueOf(e.getMessage()))) {
                LOG.error("The store of predictions: {}", e.getMessage(), e);
              }
            }
          }
        };
    var ignored =
        thread.scheduleWithFixedDelay(
            guarded, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends what is going on, and does this at last. */
  void closeAfter(Consumer<PredictionStore> last) {
    PredictionStore opened = store;
    if (opened != null) {
      try {
        thread.execute(() -> last.accept(opened));
      } catch (RejectedExecutionException e) {
        LOG.debug("The thread has ended already");
      }
    }
    close();
  }

  /** The store is closed after this. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The store of predictions is still at work; the server ends all the same");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
