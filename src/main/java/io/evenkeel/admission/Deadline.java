package io.evenkeel.admission;

import java.time.Duration;

/**
 * The moment after which nobody wants the answer any more. Immutable.
 *
 * @param nanoTime on the clock of {@link System#nanoTime}
 */
public record Deadline(long nanoTime) {
  /** The deadline a budget sets for what began at {@code startNanos}. */
  public static Deadline after(Duration budget, long startNanos) {
    return new Deadline(startNanos + budget.toNanos());
  }

  /** Whichever of two is earlier. */
  public Deadline earlier(Deadline other) {
    return nanoTime - other.nanoTime <= 0 ? this : other;
  }

  public boolean hasPassed() {
    return nanosLeft(System.nanoTime()) <= 0;
  }

  /** How long there is until it, in nanoseconds; negative once it has passed. */
  public long nanosLeft(long now) {
    return nanoTime - now;
  }
}
