package io.evenkeel.api;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where requests wait for a processor, before anything of them has been read. Each is served by a
 * virtual thread of its own, but a thread decides whom it serves only when it gets a processor: in
 * the order of arrival, as long as nobody has waited for long. Whoever has is overtaken by those
 * who haven't: an answer would hardly be in time, and to serve the late first would make everybody
 * late. The late have their turn when there is nobody else, the newest first; every thirty-second
 * turn goes to the oldest of them, so that nobody is forgotten. A crowd of them that has waited for
 * half of what any caller gives us is left alone as long as others keep coming: who brings those
 * may need the processor more.
 *
 * <p>Few threads are started ahead of their turn: the scheduler serves threads in the order in
 * which they become ready, and one whose run is over must not wait behind all who have just come.
 *
 * <p>While a crowd waits that isn't late, only a few threads work. Whoever finds the arrivals needs
 * a processor too: if too many threads compete with it, requests wait in the kernel, where nobody
 * sees how old they are.
 *
 * <p>Thread-safe; nobody waits for a lock.
 */
final class Arrivals implements Executor {
  private static final int TURNS_PER_OLDEST = 32;
  private static final int TURNS_GIVEN = 2;

  /** Whoever has waited for one part in this many of a caller's patience has little left. */
  private static final int PATIENCE_PART = 2;

  /**
   * What each thread serves. As a scoped value it would give the thread of each request a cache,
   * which is 144 bytes large.
   */
  private static final ThreadLocal<Arrival> CURRENT = new ThreadLocal<>();

  private final Surroundings surroundings;
  private final Limits limits;
  private final Line<Arrival> fresh = new Line<>();

  /** Those who have waited for long, by their arrival. */
  private final Line<Arrival> late = new Line<>();

  /** Threads that were started and have had no processor yet. */
  private final AtomicInteger starting = new AtomicInteger();

  private final Workplaces places;
  private final AtomicBoolean looksAgain = new AtomicBoolean();
  private final AtomicInteger turns = new AtomicInteger();
  private final Patience patience;

  /** When somebody arrived last. */
  private volatile long lastNanos;

  /**
   * What it works with.
   *
   * @param clock in nanoseconds
   * @param threads starts a thread for each task
   * @param yield lets other threads go first
   * @param soon does a task in about a millisecond
   */
  record Surroundings(LongSupplier clock, Executor threads, Runnable yield, Executor soon) {}

  /**
   * How it chooses.
   *
   * @param starting how many threads may be started ahead of their turn
   * @param places how many may work at once while a crowd waits
   * @param few while no more than these wait, nobody gives way to them
   * @param crowd how many are no crowd yet, neither of the late nor of the others
   * @param longWait up to here the order of arrival is kept
   */
  record Limits(int starting, int places, int few, int crowd, Duration longWait) {}

  Arrivals(Surroundings surroundings, Limits limits) {
    this.surroundings = surroundings;
    this.limits = limits;
    this.places = new Workplaces(limits.places());
    this.patience = new Patience(now());
  }

  /** Takes in whatever a connection has brought. */
  @Override
  public void execute(Runnable task) {
    long now = now();
    lastNanos = now;
    fresh.add(new Arrival(task, now));
    startNext();
  }

  /**
   * When the bytes that the current thread serves were seen to be there, by the clock. Said once:
   * further requests that come with them begin later.
   *
   * @param otherwise is returned by a thread that serves no arrival, and after the first time
   */
  static long takeArrivalNanos(long otherwise) {
    Arrival arrival = CURRENT.get();
    return arrival == null ? otherwise : arrival.take(otherwise);
  }

  /**
   * Leaves the current thread's place to another, as long as it waits for something that is no
   * processor: for a disk, say. What it does then is its last work there.
   */
  static void stepAside() {
    Arrival arrival = CURRENT.get();
    if (arrival != null && arrival.held != null) {
      arrival.held.giveBack();
    }
  }

  /**
   * Lets some of those go first who have arrived and wait for a processor, unless they are very few
   * or a crowd: in a crowd there is always somebody to work on.
   */
  static void giveWay() {
    Arrival arrival = CURRENT.get();
    if (arrival != null) {
      arrival.giveWayToOthers();
    }
  }

  /** The caller that the current thread serves gives us so long, from its arrival on. */
  static void waitsAtMost(long nanos) {
    Arrival arrival = CURRENT.get();
    if (arrival != null) {
      arrival.waitsAtMost(nanos);
    }
  }

  private boolean isCompany() {
    return fresh.size() > limits.few() && !isCrowd();
  }

  private boolean isCrowd() {
    return fresh.size() > limits.crowd();
  }

  private void startNext() {
    if (fresh.isEmpty() && leavesTheLate()) {
      lookAgainSoon();
    } else if (isCrowd()) {
      startAtAPlace();
    } else {
      startAhead();
    }
  }

  private boolean somebodyWaits() {
    return !fresh.isEmpty() || !late.isEmpty();
  }

  private void startAhead() {
    int before = starting.get();
    while (before < limits.starting() && somebodyWaits()) {
      if (starting.compareAndSet(before, before + 1)) {
        surroundings.threads().execute(this::serveAhead);
        return;
      }
      before = starting.get();
    }
  }

  private void startAtAPlace() {
    long now = now();
    int place = places.tryTake(now);
    if (place != Workplaces.NONE) {
      Held held = new Held(place, now);
      surroundings.threads().execute(() -> serveAtAPlace(held));
    }
    lookAgainSoon();
  }

  /**
   * If all who work are held up, the last one too, or if the late were left to themselves, and
   * nobody arrives, nobody else would look.
   */
  private void lookAgainSoon() {
    if (looksAgain.compareAndSet(false, true)) {
      surroundings
          .soon()
          .execute(() -> {
            looksAgain.set(false);
            startNext();
          });
    }
  }

  /** On a thread that has just got a processor. */
  private void serveAhead() {
    Arrival arrival = next();
    starting.decrementAndGet();
    startNext();
    if (arrival != null) {
      serve(arrival, null);
    }
  }

  /**
   * On a thread that has just got a processor, and keeps it as long as there is a crowd: to start a
   * thread for each request costs more than a refusal.
   */
  private void serveAtAPlace(Held held) {
    try {
      Arrival next = next();
      while (next != null) {
        serve(next, held);
        next = isCrowd() && held.keep() ? next() : null;
      }
    } finally {
      held.giveBack();
    }
  }

  private void serve(Arrival arrival, @Nullable Held held) {
    arrival.held = held;
    CURRENT.set(arrival);
    try {
      arrival.task().run();
    } finally {
      CURRENT.remove();
    }
  }

  private @Nullable Arrival next() {
    if (!late.isEmpty() && turns.incrementAndGet() % TURNS_PER_OLDEST == 0) {
      return late.pollFirst();
    }
    long now = now();
    for (Arrival first = fresh.pollFirst(); first != null; first = fresh.pollFirst()) {
      if (now - first.nanos() < limits.longWait().toNanos()) {
        return first;
      }
      late.add(first);
    }
    return leavesTheLate() ? null : late.pollLast();
  }

  /**
   * Whether a processor is worth more to whoever brings the next than to one of the late: there is
   * a crowd of them, others keep coming, and the newest of the late has used up half of the
   * patience that any caller has.
   */
  private boolean leavesTheLate() {
    if (late.size() <= limits.crowd()) {
      return false;
    }
    long now = now();
    Arrival newest = now - lastNanos < limits.longWait().toNanos() ? late.peekLast() : null;
    return newest != null && patience.isShorterThan(PATIENCE_PART * (now - newest.nanos()));
  }

  private long now() {
    return surroundings.clock().getAsLong();
  }

  /** A place that a thread works at. Used by that thread alone. */
  private final class Held {
    private final int place;

    /** When it was taken, or kept last. */
    private long since;

    Held(int place, long since) {
      this.place = place;
      this.since = since;
    }

    /** Returns false if it is somebody else's by now. */
    boolean keep() {
      long now = now();
      boolean kept = places.keep(place, since, now);
      since = now;
      return kept;
    }

    /** May be called again. */
    void giveBack() {
      places.giveBack(place, since);
      startNext();
    }
  }

  /**
   * Something to do for a connection, and when it came. What changes is the serving thread's own.
   */
  private final class Arrival {
    private final Runnable task;
    private final long nanos;
    private boolean taken;
    private @Nullable Held held;

    Arrival(Runnable task, long nanos) {
      this.task = task;
      this.nanos = nanos;
    }

    void giveWayToOthers() {
      for (int i = 0; i < TURNS_GIVEN && isCompany(); i++) {
        surroundings.yield().run();
      }
    }

    Runnable task() {
      return task;
    }

    long nanos() {
      return nanos;
    }

    void waitsAtMost(long time) {
      patience.observe(time, nanos);
    }

    long take(long otherwise) {
      long first = taken ? otherwise : nanos;
      taken = true;
      return first;
    }
  }
}
