package io.evenkeel.admission;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way through one model version. Who enters is sure to be in time as far as can be known: what
 * is in flight is bounded by a bulkhead for each endpoint, what waits is bounded in rows, and who
 * can't be served by the deadline is told so at once.
 *
 * <p>Batching is natural. A request that finds an executor idle runs at once, with whoever has
 * arrived and only waits for a processor. While all are busy, requests gather; as soon as an
 * executor is free, the most urgent of them runs a batch for itself and as many others as fit its
 * deadline, on its own thread (flat combining: Hendler, Incze, Shavit and Tzafrir, 2010), short
 * ones also for those who have come meanwhile, and then hands the executor on. Nobody waits for a
 * batch to fill, but for a moment after a long run ({@link Rest}).
 *
 * <p>A model that fails again and again isn't asked any more: a circuit breaker refuses its
 * requests for a few seconds, and then lets a few try.
 *
 * <p>A {@link Dispatcher} decides; here are the clock, the threads and the executors. Thread-safe.
 *
 * @param <T> the tickets that pass through
 */
public final class Lane<T extends Ticket> implements AutoCloseable {
  /** How long a thread runs batches before it hands the executor on. */
  private static final long HELP_NANOS = 200_000;

  private final Dispatcher<T> dispatcher;
  private final List<? extends Executor<T>> executors;
  private final LaneWatch watch;

  /**
   * A lane whose bulkheads are kept in a registry, where operators find them.
   *
   * @param name of the model version; unique among the registry's lanes
   * @param parts with as many executors as the settings say
   */
  public Lane(String name, LaneSettings settings, Parts<T> parts, Surroundings surroundings) {
    Entrance.Registries registries =
        new Entrance.Registries(surroundings.bulkheads(), surroundings.breakers());
    this.dispatcher = new Dispatcher<>(name, settings, parts.times(), registries);
    this.executors = List.copyOf(parts.executors());
    this.watch = surroundings.watch();
    watch.add(this);
  }

  /**
   * What a lane runs with.
   *
   * @param executors what runs its batches
   * @param times how long that takes
   */
  public record Parts<T extends Ticket>(
      List<? extends Executor<T>> executors, ServiceTimes times) {}

  /**
   * What lanes share.
   *
   * @param bulkheads where operators find the lane's bulkheads
   * @param breakers where operators find its circuit breaker
   * @param watch sees to it that nobody waits past a deadline
   */
  public record Surroundings(
      BulkheadRegistry bulkheads, CircuitBreakerRegistry breakers, LaneWatch watch) {}

  /** Lets a request in, or says why not. Whoever gets the permit closes it. Never waits. */
  public Admission tryEnter(Claim claim) {
    return dispatcher.tryEnter(claim, System.nanoTime());
  }

  /** How many rows of a batch make one ticket now. */
  public int chunkRows() {
    return dispatcher.chunkRows(System.nanoTime());
  }

  /**
   * Takes a ticket through the lane: waits for its turn, and runs it or has it run. The caller
   * holds a permit. Returns by the deadline, except from a run that others still wait for.
   */
  public Ending pass(T ticket) {
    try {
      walk(ticket);
    } finally {
      dispatcher.leave(ticket, System.nanoTime());
    }
    return ticket.ending();
  }

  private void walk(T ticket) {
    int executor = dispatcher.arrive(ticket, System.nanoTime());
    if (executor == Slots.NONE) {
      long now = System.nanoTime();
      watch.attend(ticket.claim().deadline(), now);
      lookAfterPause(now);
      if (Run.isLong(dispatcher.nextRunNanos(now))) {
        ticket.stepAside();
      }
      if (ticket.await() != Ticket.State.APPOINTED) {
        return;
      }
      executor = ticket.executor();
    } else if (dispatcher.gainsByCompany()) {
      ticket.giveWay();
    }
    execute(executor, ticket);
  }

  /** Runs a batch for the ticket and others, and while that takes hardly any time, more of them. */
  private void execute(int number, T first) {
    long helpUntil = System.nanoTime() + HELP_NANOS;
    for (T leader = first; leader != null; ) {
      leader = executeOne(number, leader, first, helpUntil);
    }
  }

  private @Nullable T executeOne(int number, T leader, T own, long helpUntil) {
    Executor<T> executor = executors.get(number);
    Run<T> run = dispatcher.begin(number, leader, executor.runNumber(), System.nanoTime());
    if (run == null) {
      return null;
    }
    if (Run.isLong(run.expectedNanos())) {
      watch.attend(leader.claim().deadline(), run.startNanos());
      own.stepAside();
    }
    Executor.@Nullable Health health = null;
    T next = null;
    try {
      health = executor.run(run.batch());
    } finally {
      long now = System.nanoTime();
      if (health == null || now - helpUntil >= 0) {
        dispatcher.end(number, run, health, now);
      } else {
        next = dispatcher.endAndGoOn(number, run, health, now);
      }
      lookAfterPause(now);
    }
    return next;
  }

  /** Sees to it that a pause that is on, or has become shorter, doesn't last longer than it may. */
  private void lookAfterPause(long now) {
    long pause = dispatcher.pauseNanosLeft(now);
    if (pause < Long.MAX_VALUE) {
      watch.lookWithin(pause, now);
    }
  }

  /**
   * For the watch: ends what is late, and runs that nobody waits for.
   *
   * @return after how many nanoseconds there may be more of it
   */
  long endWhatIsLate(long now) {
    return dispatcher.endLate(
        now, (run, executor) -> executors.get(executor).terminate(run.number()));
  }

  /** For the watch: ends the tickets whose callers have hung up. */
  void endWhatIsDeserted() {
    dispatcher.endDeserted();
  }

  /** Takes the lane out of its surroundings. Who is in it is served. */
  @Override
  public void close() {
    watch.remove(this);
    dispatcher.close();
  }

  /** Whether anybody is in the lane. */
  boolean isBusy() {
    return dispatcher.rows() > 0;
  }

  /** How many rows are in the lane, waiting or running. */
  public int inFlight() {
    return dispatcher.rows();
  }

  /** How many rows wait. */
  public int waiting() {
    return dispatcher.rowsWaiting();
  }

  /** Whether requests are refused because the model has failed again and again. */
  public boolean circuitIsOpen() {
    return dispatcher.circuitIsOpen();
  }

  /** What has happened in the lane since it was made. */
  public LaneCounters counters() {
    return dispatcher.counters();
  }
}
