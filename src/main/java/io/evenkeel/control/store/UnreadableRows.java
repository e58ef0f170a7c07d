package io.evenkeel.control.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of predictions that can't be read: counts them all, and logs at most one line for each look
 * and for each ten minutes, because the same ones are met again and again. Thread-safe.
 */
final class UnreadableRows {
  private static final Logger LOG = LoggerFactory.getLogger(UnreadableRows.class);
  private static final long PAUSE_NANOS = Duration.ofMinutes(10).toNanos();

  private final LongConsumer counter;
  private final AtomicLong nextLine = new AtomicLong(System.nanoTime());

  UnreadableRows(LongConsumer counter) {
    this.counter = counter;
  }

  /**
   * A look has ended.
   *
   * @param why of one of them
   */
  void met(int rows, String why) {
    if (rows == 0) {
      return;
    }
    counter.accept(rows);
    long now = System.nanoTime();
    long next = nextLine.get();
    if (now - next >= 0 && nextLine.compareAndSet(next, now + PAUSE_NANOS)) {
      LOG.warn(
          "{} kept predictions can't be read and are passed over. Of one of them: {}", rows, why);
    }
  }
}
