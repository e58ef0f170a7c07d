package io.evenkeel.api;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How long callers are ready to wait: the longest time that any of them has given us within the
 * last one to two seconds, or in the last second in which anybody came. Until a second has been
 * seen whole, it has no end. Thread-safe; nobody waits for a lock.
 */
final class Patience {
  private static final long SPAN_NANOS = Duration.ofSeconds(1).toNanos();

  private final AtomicReference<Span> span;

  /**
   * A second of callers.
   *
   * @param since when it began
   * @param before the longest time in the second before
   * @param longest the longest time since
   */
  private record Span(long since, long before, long longest) {
    boolean isChangedBy(long nanos, long now) {
      return nanos > longest || isOver(now);
    }

    Span with(long nanos, long now) {
      return isOver(now) ? new Span(now, longest, nanos) : new Span(since, before, nanos);
    }

    private boolean isOver(long now) {
      return now - since > SPAN_NANOS;
    }
  }

  Patience(long now) {
    this.span = new AtomicReference<>(new Span(now, Long.MAX_VALUE, Long.MAX_VALUE));
  }

  /** A caller gives us so long. */
  void observe(long nanos, long now) {
    Span seen = span.get();
    while (seen.isChangedBy(nanos, now) && !span.compareAndSet(seen, seen.with(nanos, now))) {
      seen = span.get();
    }
  }

  /** Whether no caller that is known of still wants an answer after so long a wait. */
  boolean isShorterThan(long nanos) {
    Span seen = span.get();
    return nanos > Math.max(seen.before, seen.longest);
  }
}
