package io.evenkeel.control.store;

import io.evenkeel.control.ControlStateException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trims the journal now and then, on a thread of its own: who writes an entry doesn't wait for it.
 */
final class JournalTrimming implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JournalTrimming.class);
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMinutes(10);
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private final IntSupplier trim;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("journal-trimming").factory());

  private final ScheduledFuture<?> runs;

  /**
   * @param trim removes what is too much, and says how many entries that were
   */
  JournalTrimming(IntSupplier trim) {
    this.trim = trim;
    this.runs =
        thread.scheduleWithFixedDelay(
            this::run, FIRST.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run() {
    try {
      int removed = trim.getAsInt();
      if (removed > 0) {
        LOG.info("The journal's oldest {} entries were removed", removed);
      }
    } catch (ControlStateException e) {
      LOG.warn("The journal wasn't trimmed: {}", e.getMessage());
    }
  }

  /** Waits for a trim that is going on, because the database is closed next. */
  @Override
  public void close() {
    runs.cancel(false);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The journal is still being trimmed while the control state is closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
