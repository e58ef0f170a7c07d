package io.evenkeel.keyring;

import io.evenkeel.contract.UnusableModelException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for keys that were added or dropped, again and again, so that rotating needs no restart.
 * Keys that can't be used change nothing and are told once. Thread-safe.
 */
public final class KeyringWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyringWatch.class);

  private final Keyring ring;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("keyring-watch").factory());
  private String lastMistake = "";
  private volatile boolean usable = true;

  public KeyringWatch(Keyring ring, Duration pause) {
    this.ring = ring;
    var ignored =
        thread.scheduleWithFixedDelay(
            this::look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      if (ring.refresh()) {
        LOG.info("The keys have changed; now there are {}, the last one seals", ring.ids());
      }
      lastMistake = "";
      usable = true;
    } catch (UnusableModelException e) {
      usable = false;
      String mistake = String.valueOf(e.getMessage());
      if (!mistake.equals(lastMistake)) {
        LOG.error("The keys stay as they are. {}", mistake);
        lastMistake = mistake;
      }
    } catch (RuntimeException e) {
      usable = false;
      LOG.error("The keys can't be looked at; those from before are used", e);
    }
  }

  /** Whether the keys could be used when they were last looked at. */
  public boolean isUsable() {
    return usable;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
