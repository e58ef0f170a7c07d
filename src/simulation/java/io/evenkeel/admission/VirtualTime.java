package io.evenkeel.admission;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * A clock that jumps from event to event. Events at the same time happen in the order in which they
 * were planned, so that a simulation is the same each time. Not thread-safe: there are no threads.
 */
final class VirtualTime {
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private long now;
  private long planned;

  private record Event(long at, long number, Runnable action) {}

  long now() {
    return now;
  }

  /** Plans an event, which can't be earlier than now. */
  void at(long when, Runnable action) {
    events.add(new Event(Math.max(when, now), planned++, action));
  }

  /** Lets everything happen that is planned, and what follows from it. */
  void run() {
    for (Event next = events.poll(); next != null; next = events.poll()) {
      now = next.at();
      next.action().run();
    }
  }
}
