package io.evenkeel.inference.internal;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts who uses a resource, refuses new users once it is closing, and frees it exactly once: when
 * it is closing and the last user has left. Thread-safe and lock-free; the resource is freed on the
 * thread that closes or leaves last.
 */
public final class Leases {
  private static final long CLOSING = 1;
  private static final long ONE = 2;

  /** Twice the number of users, plus one once closing: both in one word, so no gap between them. */
  private final AtomicLong state = new AtomicLong();

  private final Runnable free;

  public Leases(Runnable free) {
    this.free = free;
  }

  /** Adds a user, unless closing. Each true is followed by exactly one {@link #release}. */
  public boolean tryAcquire() {
    while (true) {
      long now = state.get();
      if ((now & CLOSING) != 0) {
        return false;
      }
      if (state.compareAndSet(now, now + ONE)) {
        return true;
      }
    }
  }

  /**
   * Adds a user as long as the resource isn't freed: what is admitted before the closing must still
   * be able to work. Each true is followed by exactly one {@link #release}.
   */
  public boolean tryJoin() {
    while (true) {
      long now = state.get();
      if (now == CLOSING) {
        return false;
      }
      if (state.compareAndSet(now, now + ONE)) {
        return true;
      }
    }
  }

  public void release() {
    if (state.addAndGet(-ONE) == CLOSING) {
      free.run();
    }
  }

  /** Refuses new users from now on. Harmless when repeated. */
  public void close() {
    long before = state.getAndUpdate(now -> now | CLOSING);
    if (before == 0) {
      free.run();
    }
  }
}
