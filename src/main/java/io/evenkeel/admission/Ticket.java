package io.evenkeel.admission;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Some of a request's rows, on their way through a lane. Used for one passage. Its state is set by
 * whoever gets there first: the executor that is done with it, the watch that finds it late, or the
 * request's own thread.
 */
public abstract class Ticket {
  /** Where a ticket is on its way. */
  enum State {
    NEW,
    WAITING,
    /** It is its turn: its own thread has an executor and runs the next batch. */
    APPOINTED,
    /** In a batch that is being run, by its own thread or another's. */
    IN_RUN,
    RAN,
    EXPIRED,
    ABANDONED,
    BROKEN;

    boolean isEnd() {
      return this == RAN || this == EXPIRED || this == ABANDONED || this == BROKEN;
    }
  }

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Ticket.class, "state", State.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Claim claim;
  private final @Nullable Client client;
  private volatile State state = State.NEW;

  /** Written under the lane's lock before the run begins. */
  private int rows;

  /** Guarded by this. */
  private boolean closed;

  /** Set before the ticket waits, and never again. */
  private @Nullable Thread owner;

  /** Written under the lane's lock before the ticket is appointed. */
  private int executor;

  private long enteredNanos;

  /** Written before the state says that the run has begun. */
  private long startedNanos;

  /** Written before the state says that the run is over. */
  private boolean runWasLong;

  /** In the order of arrival, for tickets with the same deadline. Written under the lane's lock. */
  private long sequence;

  /**
   * A ticket for some or all of the rows of a claim.
   *
   * @param client who is to get what comes of it; null where nobody can be asked
   */
  protected Ticket(Claim claim, int rows, @Nullable Client client) {
    this.claim = claim;
    this.rows = rows;
    this.client = client;
  }

  /** How many rows it has. Fewer than it came with, once a run had room for some of them only. */
  public final int rows() {
    return rows;
  }

  /** For the lane, under its lock: the others wait for another ticket. */
  final void cutTo(int mostRows) {
    rows = Math.min(rows, mostRows);
  }

  /** Whether somebody still waits for what comes of it. */
  public final boolean isWanted() {
    return !state.isEnd() && !claim.deadline().hasPassed();
  }

  /** How long it waited for its turn, in nanoseconds; 0 if it never came. */
  public final long waitedNanos() {
    return startedNanos == 0 ? 0 : startedNanos - enteredNanos;
  }

  final Claim claim() {
    return claim;
  }

  final State state() {
    return state;
  }

  final int executor() {
    return executor;
  }

  final long sequence() {
    return sequence;
  }

  final Ending ending() {
    return switch (state) {
      case RAN -> Ending.RAN;
      case EXPIRED -> Ending.EXPIRED;
      case ABANDONED -> Ending.ABANDONED;
      default -> Ending.BROKEN;
    };
  }

  final boolean isLate(long now) {
    return claim.deadline().nanosLeft(now) <= 0;
  }

  final void enter(long now) {
    enteredNanos = now;
  }

  final boolean enterRun(State from, long now) {
    startedNanos = now;
    return move(from, State.IN_RUN);
  }

  final boolean endRun(State end, boolean wasLong) {
    runWasLong = wasLong;
    return move(State.IN_RUN, end);
  }

  /** For the lane, under its lock. */
  final void queue(long number) {
    owner = Thread.currentThread();
    sequence = number;
    state = State.WAITING;
  }

  /** Makes it its own thread's turn, unless it has ended; {@link #wake} follows. */
  final boolean appoint(int withExecutor) {
    executor = withExecutor;
    return move(State.WAITING, State.APPOINTED);
  }

  /** Goes on, unless it has gone on in another way. */
  final boolean move(State from, State to) {
    return STATE.compareAndSet(this, from, to);
  }

  /** Its state has changed while it waited. Overridden where no thread waits for it. */
  void wake() {
    if (owner != Thread.currentThread()) {
      LockSupport.unpark(owner);
    }
  }

  /** Waits for its turn or its end. An interrupt is kept for later: the lane bounds the wait. */
  final State await() {
    boolean interrupted = false;
    State now = state;
    while (now == State.WAITING || now == State.IN_RUN) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
      now = state;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return now;
  }

  /** The current thread, which passes the lane with it, is about to wait. */
  final void stepAside() {
    if (client != null) {
      client.stepAside();
    }
  }

  /** The current thread is about to lead a run: those who are nearly here may come along. */
  final void giveWay() {
    if (client != null) {
      client.giveWay();
    }
  }

  /** Ends it if its client has hung up. */
  final boolean abandonIfDeserted() {
    boolean abandoned =
        isDeserted()
            && (move(State.WAITING, State.ABANDONED) || move(State.IN_RUN, State.ABANDONED));
    if (abandoned) {
      wake();
    }
    return abandoned;
  }

  /** Asks whether the client has hung up. False after the end: then nobody may ask any more. */
  private synchronized boolean isDeserted() {
    return client != null && !closed && client.isGone();
  }

  /**
   * Its way is over. After a run so long that its client may have hung up, that is asked once more:
   * the watch doesn't ask everybody. From now on nobody asks about the client.
   */
  final void leave() {
    if (state == State.RAN && runWasLong && isDeserted()) {
      move(State.RAN, State.ABANDONED);
    }
    if (client != null) {
      synchronized (this) {
        closed = true;
      }
    }
  }
}
