package io.evenkeel.audit.log;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An entry on its way to the disk, and its caller where one waits for it. The caller and the writer
 * agree on one ending, whoever comes first. Thread-safe.
 */
final class Waiting {
  private enum Fate {
    OPEN,
    KEPT,
    LOST,
    WITHDRAWN
  }

  private final Entry entry;
  private final @Nullable Thread caller;
  private final AtomicReference<Fate> fate = new AtomicReference<>(Fate.OPEN);

  /** The writer's thread alone asks. */
  private boolean counted;

  private Waiting(Entry entry, @Nullable Thread caller) {
    this.entry = entry;
    this.caller = caller;
  }

  /** The current thread is going to wait for it. */
  static Waiting awaited(Entry entry) {
    return new Waiting(entry, Thread.currentThread());
  }

  /** Nobody waits for it. */
  static Waiting unawaited(Entry entry) {
    return new Waiting(entry, null);
  }

  Entry entry() {
    return entry;
  }

  boolean isAwaited() {
    return caller != null;
  }

  boolean isOpen() {
    return fate.get() == Fate.OPEN;
  }

  /** Whether its caller has given up. */
  boolean isWithdrawn() {
    return fate.get() == Fate.WITHDRAWN;
  }

  /** Whether it counts among what isn't on disk yet. */
  boolean isCounted() {
    return counted;
  }

  void count() {
    counted = true;
  }

  /**
   * Waits for its ending.
   *
   * @param until when to give up at the latest, by {@link System#nanoTime}
   * @return whether it is on disk
   */
  boolean await(long until) {
    while (isOpen()) {
      long left = until - System.nanoTime();
      if (left <= 0 || Thread.currentThread().isInterrupted()) {
        if (fate.compareAndSet(Fate.OPEN, Fate.WITHDRAWN)) {
          return false;
        }
      } else {
        LockSupport.parkNanos(this, left);
      }
    }
    return fate.get() == Fate.KEPT;
  }

  /** It is on disk. Returns false if it has ended otherwise before. */
  boolean keep() {
    return end(Fate.KEPT);
  }

  /** It won't come to disk. */
  void lose() {
    boolean ignored = end(Fate.LOST);
  }

  private boolean end(Fate ending) {
    boolean first = fate.compareAndSet(Fate.OPEN, ending);
    if (first && caller != null) {
      LockSupport.unpark(caller);
    }
    return first;
  }
}
