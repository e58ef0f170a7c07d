package io.evenkeel.security;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Keeps back the answers to wrong credentials, so that guessing is slow and a mistake in a loop is
 * no load. At most so many wait at once, each on its own virtual thread, which costs no processor.
 * Thread-safe.
 */
final class FailureDelay {
  static final int MOST_WAITING = 128;

  private final Duration delay;
  private final Semaphore places = new Semaphore(MOST_WAITING);

  FailureDelay(Duration delay) {
    this.delay = delay;
  }

  /**
   * Waits.
   *
   * @return false at once if too many are waiting
   */
  boolean tryWait() {
    if (delay.isZero()) {
      return true;
    }
    if (!places.tryAcquire()) {
      return false;
    }
    try {
      Thread.sleep(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      places.release();
    }
    return true;
  }
}
