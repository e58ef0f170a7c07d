package io.evenkeel.security;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the file of keys again and again. It compares what the file holds: notices of changes
 * get lost where a link is turned to another folder, as Kubernetes does.
 */
public final class KeysWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeysWatch.class);

  private final ApiKeys keys;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("keys-watch").factory());

  /**
   * Begins to look.
   *
   * @param poll how often
   */
  public KeysWatch(ApiKeys keys, Duration poll) {
    this.keys = keys;
    long nanos = poll.toNanos();
    var ignored = looks.scheduleWithFixedDelay(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private void look() {
    try {
      keys.refresh();
    } catch (RuntimeException e) {
      // Thrown on, it would end the watch.
      LOG.error("A look at the file of keys failed because of a defect in Evenkeel", e);
    }
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
