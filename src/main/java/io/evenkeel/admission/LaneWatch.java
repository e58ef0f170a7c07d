package io.evenkeel.admission;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread that looks at all lanes: it ends what is late or whose caller has hung up, so that the
 * requests themselves can wait without a timer each. While anybody is in a lane it looks fifty
 * times a second, and when the next deadline or pause is over; otherwise ten times a second.
 * Thread-safe.
 */
public final class LaneWatch implements AutoCloseable {
  /** It looks no sooner again: that much later than a deadline somebody may learn of it. */
  static final Duration TICK = Duration.ofMillis(1);

  /** How often callers are asked whether they are still there. */
  static final Duration BUSY_TICK = Duration.ofMillis(20);

  /**
   * A run that wasn't expected to be long, and that nobody waits behind, may be late by so much.
   */
  private static final Duration IDLE_TICK = Duration.ofMillis(100);

  private final List<Lane<?>> lanes = new CopyOnWriteArrayList<>();
  private final Thread thread =
      Thread.ofPlatform().name("lane-watch").daemon().unstarted(this::run);

  /** On the clock of {@link System#nanoTime}. */
  private final AtomicLong nextLook = new AtomicLong(System.nanoTime());

  private volatile boolean closed;

  public LaneWatch() {
    thread.start();
  }

  void add(Lane<?> lane) {
    lanes.add(lane);
  }

  /** Forgets a lane nobody enters any more. */
  public void remove(Lane<?> lane) {
    lanes.remove(lane);
  }

  /** Called when somebody with this deadline begins to wait. */
  void attend(Deadline deadline, long now) {
    lookWithin(Math.min(deadline.nanosLeft(now), BUSY_TICK.toNanos()), now);
  }

  /** Called by whoever needs a look within so many nanoseconds; it comes no sooner than a tick. */
  void lookWithin(long nanos, long now) {
    if (lookBy(now + Math.max(nanos, TICK.toNanos()))) {
      LockSupport.unpark(thread);
    }
  }

  /** Whether that is sooner than what was said before. */
  private boolean lookBy(long nanoTime) {
    // Most who begin to wait are later than others, and write nothing.
    return isSooner(nanoTime, nextLook.get())
        && isSooner(nanoTime, nextLook.getAndAccumulate(nanoTime, LaneWatch::sooner));
  }

  private static long sooner(long one, long other) {
    return isSooner(one, other) ? one : other;
  }

  private static boolean isSooner(long one, long other) {
    return one - other < 0;
  }

  private void run() {
    long lastAsked = System.nanoTime();
    while (!closed) {
      long now = System.nanoTime();
      long left = nextLook.get() - now;
      if (left > 0) {
        // Woken only to learn of a sooner look: one at once would be for nothing.
        LockSupport.parkNanos(this, left);
        continue;
      }
      // Before the look: whoever begins to wait after it then finds that it must wake the thread.
      nextLook.set(now + IDLE_TICK.toNanos());
      boolean ask = now - lastAsked >= BUSY_TICK.toNanos();
      if (ask) {
        lastAsked = now;
      }
      lookBy(now + look(now, ask));
    }
  }

  /** How long from then on no other look is needed. */
  private long look(long now, boolean alsoAtCallers) {
    long next = IDLE_TICK.toNanos();
    for (Lane<?> lane : lanes) {
      if (lane.isBusy()) {
        next = Math.min(next, BUSY_TICK.toNanos());
        next = Math.min(next, lane.endWhatIsLate(now));
        if (alsoAtCallers) {
          lane.endWhatIsDeserted();
        }
      }
    }
    return Math.max(next, TICK.toNanos());
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
