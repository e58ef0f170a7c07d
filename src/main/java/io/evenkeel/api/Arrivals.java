package io.evenkeel.api;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where requests wait for a processor, before anything of them has been read. Each is served by a
 * virtual thread of its own, but a thread decides whom it serves only when it gets a processor: in
 * the order of arrival, as long as nobody has waited for long. Whoever has is overtaken by those
 * who haven't: an answer would hardly be in time, and to serve the late first would make everybody
 * late. The late have their turn when there is nobody else, the newest first; every thirty-second
 * turn goes to the oldest of them, so that nobody is forgotten.
 *
 * <p>Few threads are started ahead of their turn: the scheduler serves threads in the order in
 * which they become ready, and one whose run is over must not wait behind all who have just come.
 *
 * <p>Thread-safe; nobody waits for a lock.
 */
final class Arrivals implements Executor {
  private static final int TURNS_PER_OLDEST = 32;

  private static final ScopedValue<Arrival> CURRENT = ScopedValue.newInstance();

  private final LongSupplier clock;
  private final Executor threads;
  private final int mostStarting;
  private final long longWaitNanos;
  private final ConcurrentLinkedDeque<Arrival> fresh = new ConcurrentLinkedDeque<>();

  /** Those who have waited for long, by their arrival. */
  private final ConcurrentLinkedDeque<Arrival> late = new ConcurrentLinkedDeque<>();

  /** Threads that were started and have had no processor yet. */
  private final AtomicInteger starting = new AtomicInteger();

  private final AtomicInteger turns = new AtomicInteger();

  /**
   * @param clock in nanoseconds
   * @param threads starts a thread for each task
   * @param mostStarting how many may be started ahead of their turn
   * @param longWait up to here the order of arrival is kept
   */
  Arrivals(LongSupplier clock, Executor threads, int mostStarting, Duration longWait) {
    this.clock = clock;
    this.threads = threads;
    this.mostStarting = mostStarting;
    this.longWaitNanos = longWait.toNanos();
  }

  /** Takes in whatever a connection has brought. */
  @Override
  public void execute(Runnable task) {
    fresh.addLast(new Arrival(task, clock.getAsLong()));
    startNext();
  }

  /**
   * When the bytes that the current thread serves were seen to be there, by the clock. Said once:
   * further requests that come with them begin later.
   *
   * @param otherwise is returned by a thread that serves no arrival, and after the first time
   */
  static long takeArrivalNanos(long otherwise) {
    return CURRENT.isBound() ? CURRENT.get().take(otherwise) : otherwise;
  }

  private void startNext() {
    int before = starting.get();
    while (before < mostStarting && !(fresh.isEmpty() && late.isEmpty())) {
      if (starting.compareAndSet(before, before + 1)) {
        threads.execute(this::serve);
        return;
      }
      before = starting.get();
    }
  }

  /** On a thread that has just got a processor. */
  private void serve() {
    Arrival arrival = next();
    starting.decrementAndGet();
    startNext();
    if (arrival != null) {
      ScopedValue.where(CURRENT, arrival).run(arrival.task());
    }
  }

  private @Nullable Arrival next() {
    if (!late.isEmpty() && turns.incrementAndGet() % TURNS_PER_OLDEST == 0) {
      return late.pollFirst();
    }
    long now = clock.getAsLong();
    for (Arrival first = fresh.pollFirst(); first != null; first = fresh.pollFirst()) {
      if (now - first.nanos() < longWaitNanos) {
        return first;
      }
      late.addLast(first);
    }
    return late.pollLast();
  }

  /** Something to do for a connection, and when it came. The flag is the serving thread's own. */
  private static final class Arrival {
    private final Runnable task;
    private final long nanos;
    private boolean taken;

    Arrival(Runnable task, long nanos) {
      this.task = task;
      this.nanos = nanos;
    }

    Runnable task() {
      return task;
    }

    long nanos() {
      return nanos;
    }

    long take(long otherwise) {
      long first = taken ? otherwise : nanos;
      taken = true;
      return first;
    }
  }
}
