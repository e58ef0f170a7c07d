package io.evenkeel.admission;

import java.util.List;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All that is decided in a lane: who enters, who runs at once, who waits, what runs together, who
 * is late. It has no threads and no clock: no method waits, and each is told the time, so that a
 * simulation can drive it too.
 *
 * <p>Thread-safe. Times are {@link System#nanoTime} or a simulation's own.
 */
final class Dispatcher<T extends Ticket> {
  private final LaneSettings settings;
  private final ServiceTimes times;
  private final RunSize runSize;
  private final Entrance entrance;
  private final Turns<T> turns = new Turns<>();
  private final Slots<T> slots;
  private final Rest rest;
  private final Overtaking overtaking = new Overtaking();
  private final BudgetUse budgetUse = new BudgetUse();
  private final LaneCounters counters = new LaneCounters();

  /**
   * A dispatcher of nobody yet.
   *
   * @param name of the lane, unique in the registries
   */
  Dispatcher(
      String name, LaneSettings settings, ServiceTimes times, Entrance.Registries registries) {
    this.settings = settings;
    this.times = times;
    this.runSize = new RunSize(settings, times);
    AdmissionPolicy policy = new AdmissionPolicy(settings, times, runSize);
    this.entrance = new Entrance(name, settings, policy, registries);
    this.slots = new Slots<>(settings.executors());
    this.rest = new Rest(times, settings.budget());
  }

  /** Lets a request in, or says why not. */
  Admission tryEnter(Claim claim, long now) {
    int rowsBefore = turns.rowsBefore(claim) + entrance.rowsOutside(claim);
    boolean atOnce = rowsBefore == 0 && slots.someIdle();
    AdmissionPolicy.Scene scene =
        new AdmissionPolicy.Scene(
            entrance.rows(),
            rowsBefore,
            atOnce ? 0 : turnNanos(rowsBefore, now),
            overtaking.rate(claim, now),
            budgetUse.sheddableShare());
    return entrance.tryEnter(claim, scene, now);
  }

  /** The time until the runs in progress and so many rows are done. */
  private double turnNanos(int rowsBefore, long now) {
    double work = slots.runningNanos(now) + (double) rowsBefore * runSize.rowNanos(now);
    return work / settings.executors();
  }

  /**
   * A ticket's way begins.
   *
   * @return the executor with which it {@link #begin begins} a run at once, or {@link Slots#NONE}:
   *     then it waits until it is appointed or ended, and is woken
   */
  int arrive(T ticket, long now) {
    ticket.enter(now);
    overtaking.add(ticket.claim(), ticket.rows(), now);
    boolean atOnce = turns.rows() == 0 && !rest.isOn(ticket.rows(), now);
    int executor = atOnce ? slots.takeIdle() : Slots.NONE;
    if (executor == Slots.NONE) {
      turns.join(ticket);
      // An executor may have become idle after the look at it, when nobody was there to be
      // appointed.
      useIdle(now);
    }
    return executor;
  }

  private void useIdle(long now) {
    int waiting = turns.rows();
    int idle = waiting == 0 || rest.isOn(waiting, now) ? Slots.NONE : slots.takeIdle();
    if (idle != Slots.NONE) {
      handOn(idle, now);
    }
  }

  /**
   * Begins a run for a ticket whose turn it is, and for as many others as fit its deadline.
   *
   * @param runNumber by which the executor knows the run
   * @return null if the ticket turns out to be late, and the executor was handed on
   */
  @Nullable Run<T> begin(int executor, T first, long runNumber, long now) {
    List<T> batch = first.isLate(now) ? List.of() : gather(first, now);
    if (batch.isEmpty()) {
      first.move(first.state(), Ticket.State.EXPIRED);
      first.wake();
      handOn(executor, now);
      return null;
    }
    first.enterRun(first.state(), now);
    long expected = times.typicalNanos(Run.rows(batch), now);
    Run<T> run = new Run<>(batch, runNumber, now, expected);
    slots.begin(executor, run);
    return run;
  }

  private List<T> gather(T first, long now) {
    return settings.batching() ? turns.gather(first, runSize, now) : List.of(first);
  }

  /**
   * A run is over: the executor is handed on, then the run's tickets end.
   *
   * @param health null if the run broke down because of a defect
   */
  void end(int executor, Run<T> run, Executor.@Nullable Health health, long now) {
    learn(executor, run, health, now);
    giveBack(executor, now);
    run.finish(health == null ? Ticket.State.BROKEN : Ticket.State.RAN, now);
  }

  /**
   * The same, but the thread keeps the executor if anybody waits: to wake one of them takes longer
   * than a short run, and the executor would be of no use meanwhile.
   *
   * @return who leads the run that is to {@link #begin begin} next; null if nobody waits
   */
  @Nullable T endAndGoOn(int executor, Run<T> run, Executor.Health health, long now) {
    learn(executor, run, health, now);
    T next = turns.takeNext(now);
    if (next == null) {
      giveBack(executor, now);
    }
    run.finish(Ticket.State.RAN, now);
    return next;
  }

  private void learn(int executor, Run<T> run, Executor.@Nullable Health health, long now) {
    slots.end(executor);
    int rows = Run.rows(run.batch());
    long nanos = now - run.startNanos();
    if (health == Executor.Health.SOUND) {
      times.observe(rows, nanos, now);
    } else if (health == Executor.Health.TERMINATED) {
      times.observeAtLeast(rows, nanos, now);
      counters.countTermination();
    }
    counters.countRun(rows);
    rest.after(rows, nanos, turns.rows(), runSize.largest(now), now);
  }

  private void giveBack(int executor, long now) {
    if (rest.isOn(turns.rows(), now)) {
      slots.makeIdle(executor);
    } else {
      handOn(executor, now);
    }
  }

  /** Gives an executor to the most urgent of those who wait, or leaves it idle. */
  private void handOn(int executor, long now) {
    int free = executor;
    while (free != Slots.NONE) {
      if (turns.appointNext(free, now)) {
        return;
      }
      slots.makeIdle(free);
      // Whoever joined meanwhile saw no idle executor.
      free = turns.rows() > 0 ? slots.takeIdle() : Slots.NONE;
    }
  }

  /** A ticket's way is over, however it ended. */
  void leave(T ticket, long now) {
    ticket.leave();
    if (ticket.claim().endpoint() == Endpoint.SINGLE) {
      long budget = settings.budget().single().toNanos();
      budgetUse.observe(1 - (double) ticket.claim().deadline().nanosLeft(now) / budget);
    }
  }

  /** Whether the next run is worth more with more rows. */
  boolean gainsByCompany() {
    return settings.batching() && times.isCheaperInCompany();
  }

  /** What a run of all who wait usually takes. */
  long nextRunNanos(long now) {
    return times.typicalNanos(Math.max(1, turns.rows()), now);
  }

  /** How many rows of a batch make one ticket now. */
  int chunkRows(long now) {
    return runSize.chunkRows(now);
  }

  /**
   * Ends what is late, and a pause that is over.
   *
   * @param terminate gets the runs that nobody waits for any more, with their executors' numbers
   * @return after how many nanoseconds there may be more of it; 0 while a run that is to be
   *     terminated is still there
   */
  long endLate(long now, ObjIntConsumer<Run<T>> terminate) {
    long next = turns.endLate(now);
    useIdle(now);
    next = Math.min(next, slots.endLate(now, terminate));
    return Math.min(next, pauseNanosLeft(now));
  }

  /** After how long a pause is over in any case; as long as can be where there is none. */
  long pauseNanosLeft(long now) {
    return rest.nanosLeft(turns.rows(), now);
  }

  /** Ends the tickets whose callers have hung up. */
  void endDeserted() {
    turns.endDeserted();
    slots.endDeserted();
  }

  /** How many rows are in the lane, waiting or running. */
  int rows() {
    return entrance.rows();
  }

  /** How many rows wait. */
  int rowsWaiting() {
    return turns.rows();
  }

  boolean circuitIsOpen() {
    return entrance.circuitIsOpen();
  }

  LaneCounters counters() {
    return counters;
  }

  /** Takes the lane's parts out of the registries. */
  void close() {
    entrance.close();
  }
}
