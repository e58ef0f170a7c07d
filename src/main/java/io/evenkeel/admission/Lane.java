package io.evenkeel.admission;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way through one model version. Who enters is sure to be in time as far as can be known: what
 * is in flight is bounded by a bulkhead for each endpoint, what waits is bounded in rows, and who
 * can't be served by the deadline is told so at once.
 *
 * <p>Batching is natural. A request that finds an executor idle runs at once, alone. While all are
 * busy, requests gather; as soon as an executor is free, the most urgent of them runs a batch for
 * itself and as many others as fit its deadline, on its own thread (flat combining: Hendler, Incze,
 * Shavit and Tzafrir, 2010), and then hands the executor on. Nobody waits for a batch to fill.
 *
 * <p>A model that fails again and again isn't asked any more: a circuit breaker refuses its
 * requests for a few seconds, and then lets a few try.
 *
 * <p>Thread-safe. The lock guards the waiting room, and is never held during a run.
 *
 * @param <T> the tickets that pass through
 */
public final class Lane<T extends Ticket> implements AutoCloseable {
  private static final int NONE = -1;

  /** How long a circuit stays open before a few requests may try the model again. */
  private static final Duration OPEN_CIRCUIT = Duration.ofSeconds(5);

  private final LaneSettings settings;
  private final ServiceTimes times;
  private final AdmissionPolicy policy;
  private final List<? extends Executor<T>> executors;
  private final Map<Endpoint, Bulkhead> bulkheads = new EnumMap<>(Endpoint.class);
  private final CircuitBreaker breaker;
  private final Surroundings surroundings;
  private final LaneCounters counters = new LaneCounters();
  private final BudgetUse budgetUse = new BudgetUse();

  /** A bit for each executor that is idle. */
  private final AtomicLong idle;

  private final AtomicInteger rowsInLane = new AtomicInteger();
  private final AtomicReferenceArray<@Nullable Run<T>> runs;
  private final ReentrantLock lock = new ReentrantLock();
  private final WaitingRoom<T> waiting = new WaitingRoom<>();

  /** What the waiting room holds; written under the lock. */
  private volatile int rowsWaiting;

  /**
   * A lane whose bulkheads are kept in a registry, where operators find them.
   *
   * @param name of the model version; unique among the registry's lanes
   * @param parts with as many executors as the settings say
   */
  public Lane(String name, LaneSettings settings, Parts<T> parts, Surroundings surroundings) {
    this.settings = settings;
    this.times = parts.times();
    this.executors = List.copyOf(parts.executors());
    this.policy = new AdmissionPolicy(settings, times);
    this.surroundings = surroundings;
    this.idle = new AtomicLong(executors.size() == Long.SIZE ? -1L : (1L << executors.size()) - 1);
    this.runs = new AtomicReferenceArray<>(executors.size());
    for (Endpoint endpoint : Endpoint.values()) {
      BulkheadConfig config =
          BulkheadConfig.custom()
              .maxConcurrentCalls(settings.limits().of(endpoint))
              .maxWaitDuration(Duration.ZERO)
              .writableStackTraceEnabled(false)
              .build();
      String bulkhead = name + "-" + endpoint.label();
      bulkheads.put(endpoint, surroundings.bulkheads().bulkhead(bulkhead, config));
    }
    breaker = surroundings.breakers().circuitBreaker(name, breakerConfig());
    surroundings.watch().add(this);
  }

  /** Opens when half of the last hundred requests failed, once there have been twenty. */
  private static CircuitBreakerConfig breakerConfig() {
    return CircuitBreakerConfig.custom()
        .slidingWindowSize(100)
        .minimumNumberOfCalls(20)
        .failureRateThreshold(50)
        .waitDurationInOpenState(OPEN_CIRCUIT)
        .permittedNumberOfCallsInHalfOpenState(5)
        .recordResult(outcome -> outcome == Permit.Outcome.FAILED)
        .writableStackTraceEnabled(false)
        .build();
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
    long now = System.nanoTime();
    boolean someIdle = idle.get() != 0;
    AdmissionPolicy.Scene scene =
        new AdmissionPolicy.Scene(
            rowsInLane.get(),
            rowsWaiting == 0 ? 0 : rowsBefore(claim),
            someIdle ? 0 : runningNanos(now),
            someIdle,
            budgetUse.sheddableShare());
    Shed.Reason reason = policy.refusal(claim, scene, now);
    if (reason == null) {
      reason = takeRoom(claim);
    }
    return reason == null ? new Permit(this, claim) : shed(reason, scene, now);
  }

  /** Takes up what the request needs, all or nothing. */
  private Shed.@Nullable Reason takeRoom(Claim claim) {
    if (!bulkhead(claim.endpoint()).tryAcquirePermission()) {
      return Shed.Reason.QUEUE_FULL;
    }
    if (!reserve(policy.reserved(claim))) {
      bulkhead(claim.endpoint()).releasePermission();
      return Shed.Reason.QUEUE_FULL;
    }
    if (!breaker.tryAcquirePermission()) {
      rowsInLane.addAndGet(-policy.reserved(claim));
      bulkhead(claim.endpoint()).releasePermission();
      return Shed.Reason.CIRCUIT_OPEN;
    }
    return null;
  }

  /** Takes up room for rows, never more than there is, however many come at once. */
  private boolean reserve(int rows) {
    int before;
    do {
      before = rowsInLane.get();
      if (before + rows > settings.mostRows()) {
        return false;
      }
    } while (!rowsInLane.compareAndSet(before, before + rows));
    return true;
  }

  void leave(Claim claim, Permit.Outcome outcome) {
    rowsInLane.addAndGet(-policy.reserved(claim));
    bulkhead(claim.endpoint()).onComplete();
    if (outcome == Permit.Outcome.UNKNOWN) {
      breaker.releasePermission();
    } else {
      breaker.onResult(0, TimeUnit.NANOSECONDS, outcome);
    }
  }

  private int rowsBefore(Claim claim) {
    lock.lock();
    try {
      return waiting.rowsBefore(claim.priority(), claim.endpoint());
    } finally {
      lock.unlock();
    }
  }

  private Shed shed(Shed.Reason reason, AdmissionPolicy.Scene scene, long now) {
    long drain =
        reason == Shed.Reason.CIRCUIT_OPEN
            ? OPEN_CIRCUIT.toNanos()
            : policy.drainTime(scene, now).toNanos() + LaneWatch.TICK.toNanos();
    // Jittered, so that those who were refused together don't come back together.
    long jittered = drain + ThreadLocalRandom.current().nextLong(drain);
    return new Shed(reason, Duration.ofNanos(jittered));
  }

  /** How long the runs in progress will still take, all together. */
  private long runningNanos(long now) {
    long sum = 0;
    for (int i = 0; i < runs.length(); i++) {
      Run<T> run = runs.get(i);
      if (run != null) {
        sum += Math.max(run.expectedNanos() / 10, run.startNanos() + run.expectedNanos() - now);
      }
    }
    return sum;
  }

  /** How many rows of a batch make one ticket now. */
  public int chunkRows() {
    return policy.chunkRows(System.nanoTime());
  }

  /**
   * Takes a ticket through the lane: waits for its turn, and runs it or has it run. The caller
   * holds a permit. Returns by the deadline, except from a run that others still wait for.
   */
  public Ending pass(T ticket) {
    ticket.enter(System.nanoTime());
    try {
      int executor = rowsWaiting == 0 ? takeIdle() : NONE;
      if (executor == NONE) {
        join(ticket);
        if (ticket.await() != Ticket.State.APPOINTED) {
          return ending(ticket);
        }
        executor = ticket.executor();
      }
      execute(executor, ticket);
      return ending(ticket);
    } finally {
      ticket.close();
      record(ticket);
    }
  }

  private static Ending ending(Ticket ticket) {
    return switch (ticket.state()) {
      case RAN -> Ending.RAN;
      case EXPIRED -> Ending.EXPIRED;
      case ABANDONED -> Ending.ABANDONED;
      default -> Ending.BROKEN;
    };
  }

  private void record(T ticket) {
    if (ticket.claim().endpoint() == Endpoint.SINGLE) {
      long budget = settings.budget().single().toNanos();
      long left = ticket.claim().deadline().nanosLeft(System.nanoTime());
      budgetUse.observe(1 - (double) left / budget);
    }
  }

  private void join(T ticket) {
    inWaitingRoom(late -> {
      waiting.add(ticket);
      return ticket;
    });
    surroundings.watch().beAwake();
    // An executor may have become idle after the look at it, when nobody was there to be appointed.
    int executor = takeIdle();
    if (executor != NONE) {
      handOn(executor);
    }
  }

  private int takeIdle() {
    long before = idle.get();
    while (before != 0) {
      long lowest = Long.lowestOneBit(before);
      if (idle.compareAndSet(before, before & ~lowest)) {
        return Long.numberOfTrailingZeros(lowest);
      }
      before = idle.get();
    }
    return NONE;
  }

  /** Gives an executor to the most urgent of those who wait, or leaves it idle. */
  private void handOn(int executor) {
    int free = executor;
    while (free != NONE) {
      if (rowsWaiting > 0 && appointNext(free)) {
        return;
      }
      makeIdle(free);
      // Whoever joined meanwhile saw no idle executor.
      free = rowsWaiting > 0 ? takeIdle() : NONE;
    }
  }

  private void makeIdle(int executor) {
    idle.accumulateAndGet(1L << executor, (bits, bit) -> bits | bit);
  }

  private boolean appointNext(int executor) {
    T next =
        inWaitingRoom(late -> {
          long now = System.nanoTime();
          T first;
          do {
            first = waiting.pollAtMost(Integer.MAX_VALUE, now, late);
          } while (first != null && !first.appoint(executor));
          return first;
        });
    if (next != null) {
      next.wake();
    }
    return next != null;
  }

  /** Changes who waits, under the lock; afterwards tells those who turned out to be late. */
  private <R extends @Nullable Object> R inWaitingRoom(Function<Consumer<T>, R> change) {
    List<T> late = new ArrayList<>();
    R result;
    lock.lock();
    try {
      result = change.apply(late::add);
      rowsWaiting = waiting.rows();
    } finally {
      lock.unlock();
    }
    late.forEach(this::expire);
    return result;
  }

  private void expire(T ticket) {
    if (ticket.move(Ticket.State.WAITING, Ticket.State.EXPIRED)) {
      ticket.wake();
    }
  }

  /** Runs a batch for the ticket and others, and hands the executor on. */
  private void execute(int number, T first) {
    long start = System.nanoTime();
    if (first.isLate(start)) {
      first.move(first.state(), Ticket.State.EXPIRED);
      handOn(number);
      return;
    }
    List<T> batch = gather(first, start);
    int rows = batch.size() == 1 ? first.rows() : batch.stream().mapToInt(Ticket::rows).sum();
    Executor<T> executor = executors.get(number);
    Run<T> run = new Run<>(batch, executor.runNumber(), start, times.typicalNanos(rows, start));
    runs.set(number, run);
    if (run.expectedNanos() > LaneWatch.TICK.toNanos()) {
      surroundings.watch().beAwake();
    }
    Executor.Health health = Executor.Health.FAILED;
    Ticket.State end = Ticket.State.BROKEN;
    try {
      health = executor.run(batch);
      end = Ticket.State.RAN;
    } finally {
      runs.set(number, null);
      long now = System.nanoTime();
      if (health == Executor.Health.SOUND) {
        times.observe(rows, now - start, now);
      }
      if (health == Executor.Health.TERMINATED) {
        counters.countTermination();
      }
      counters.countRun(rows);
      handOn(number);
      finish(batch, end);
    }
  }

  /**
   * Ends a batch's tickets and wakes those who wait for it: all but the first, whose thread this
   * is.
   */
  private void finish(List<T> batch, Ticket.State end) {
    for (int i = 0; i < batch.size(); i++) {
      T ticket = batch.get(i);
      if (ticket.move(Ticket.State.IN_RUN, end) && i > 0) {
        ticket.wake();
      }
    }
  }

  /** The ticket and as many of those who wait as can be run with it by its deadline. */
  private List<T> gather(T first, long now) {
    first.enterRun(first.state(), now);
    if (!settings.batching() || rowsWaiting == 0) {
      return List.of(first);
    }
    int most = Math.min(times.largest(), inTime(first, now));
    List<T> batch = new ArrayList<>();
    batch.add(first);
    return inWaitingRoom(late -> {
      int room = most - first.rows();
      for (T next = waiting.pollAtMost(room, now, late);
          next != null;
          next = waiting.pollAtMost(room, now, late)) {
        if (next.enterRun(Ticket.State.WAITING, now)) {
          batch.add(next);
          room -= next.rows();
        }
      }
      return batch;
    });
  }

  private int inTime(T first, long now) {
    return times.rowsWithin(first.claim().deadline().nanosLeft(now) - settings.answerNanos(), now);
  }

  /** For the watch: ends what is late, and runs that nobody waits for. */
  void endWhatIsLate(long now) {
    if (rowsWaiting > 0) {
      inWaitingRoom(late -> {
        waiting.removeLate(now, late);
        return late;
      });
    }
    for (int i = 0; i < runs.length(); i++) {
      Run<T> run = runs.get(i);
      if (run != null && run.isUnwanted(now)) {
        executors.get(i).terminate(run.number());
      }
    }
  }

  /** For the watch: ends the tickets whose callers have hung up. */
  void endWhatIsDeserted() {
    if (rowsWaiting > 0) {
      endDeserted(inWaitingRoom(late -> waiting.all()));
    }
    for (int i = 0; i < runs.length(); i++) {
      Run<T> run = runs.get(i);
      if (run != null) {
        endDeserted(run.batch());
      }
    }
  }

  /** Asks outside the lock: each question goes to the operating system. */
  private void endDeserted(List<T> tickets) {
    boolean someGone = false;
    for (T ticket : tickets) {
      if (ticket.isDeserted()
          && (ticket.move(Ticket.State.WAITING, Ticket.State.ABANDONED)
              || ticket.move(Ticket.State.IN_RUN, Ticket.State.ABANDONED))) {
        ticket.wake();
        someGone = true;
      }
    }
    if (someGone) {
      inWaitingRoom(late -> {
        waiting.removeGone();
        return late;
      });
    }
  }

  /** Takes the lane out of its surroundings. Who is in it is served. */
  @Override
  public void close() {
    surroundings.watch().remove(this);
    bulkheads.values().forEach(bulkhead -> surroundings.bulkheads().remove(bulkhead.getName()));
    surroundings.breakers().remove(breaker.getName());
  }

  /** Whether anybody is in the lane. */
  boolean isBusy() {
    return rowsInLane.get() > 0;
  }

  /** How many rows are in the lane, waiting or running. */
  public int inFlight() {
    return rowsInLane.get();
  }

  /** How many rows wait. */
  public int waiting() {
    return rowsWaiting;
  }

  /** What has happened in the lane since it was made. */
  public LaneCounters counters() {
    return counters;
  }

  private Bulkhead bulkhead(Endpoint endpoint) {
    Bulkhead bulkhead = bulkheads.get(endpoint);
    if (bulkhead == null) {
      throw new IllegalStateException("every endpoint has a bulkhead");
    }
    return bulkhead;
  }
}
