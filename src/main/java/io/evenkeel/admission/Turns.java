package io.evenkeel.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is: the waiting room and its lock. Who turns out to be late is told so, after the
 * lock. Thread-safe; the lock is never held during a run.
 */
final class Turns<T extends Ticket> {
  private final ReentrantLock lock = new ReentrantLock();
  private final WaitingRoom<T> waiting = new WaitingRoom<>();

  /** What the waiting room holds; written under the lock. */
  private volatile int rows;

  /** How many rows wait. */
  int rows() {
    return rows;
  }

  /** How many rows have their turn before a newcomer's. */
  int rowsBefore(Claim claim) {
    // Without the lock: an estimate needs no more, and everybody who enters asks.
    return rows == 0 ? 0 : waiting.rowsBefore(claim.priority(), claim.endpoint());
  }

  /** Begins to wait. */
  void join(T ticket) {
    change(late -> {
      waiting.add(ticket);
      return ticket;
    });
  }

  /** Makes it the turn of the most urgent, with an executor. False if nobody waits. */
  boolean appointNext(int executor, long now) {
    T next = take(first -> first.appoint(executor), now);
    if (next != null) {
      next.wake();
    }
    return next != null;
  }

  /**
   * Takes the most urgent into a run that another's thread is going to begin. Null if nobody waits.
   */
  @Nullable T takeNext(long now) {
    return take(first -> first.enterRun(Ticket.State.WAITING, now), now);
  }

  /** The most urgent who goes on in this way, and not in another first. Null if nobody waits. */
  private @Nullable T take(Predicate<T> goesOn, long now) {
    if (rows == 0) {
      return null;
    }
    return change(late -> {
      T first;
      do {
        first = waiting.pollInto(RunSize.Room.UNBOUNDED, now, late);
      } while (first != null && !goesOn.test(first));
      return first;
    });
  }

  /**
   * Takes whoever runs together with a ticket whose turn it is.
   *
   * @return the batch; empty if the ticket is to be given up
   */
  List<T> gather(T leader, RunSize size, long now) {
    if (rows == 0) {
      return List.of(leader);
    }
    return change(late -> {
      int behind = waiting.rowsUpTo(leader.claim().priority());
      T next = behind == 0 ? null : waiting.peek();
      int most = size.mostRows(leader, behind, next == null ? null : next.claim(), now);
      List<T> batch = new ArrayList<>();
      if (most != RunSize.GIVE_UP) {
        batch.add(leader);
        fill(batch, size.room(most, now), now, late);
      }
      return batch;
    });
  }

  private void fill(List<T> batch, RunSize.Room room, long now, Consumer<T> late) {
    RunSize.Room left = room.without(batch.getFirst().rows());
    for (T next = waiting.pollInto(left, now, late);
        next != null;
        next = waiting.pollInto(left, now, late)) {
      if (next.enterRun(Ticket.State.WAITING, now)) {
        batch.add(next);
        left = left.without(next.rows());
      }
    }
  }

  /**
   * Ends those whose deadline has passed.
   *
   * @return after how long the next of them is late; as long as can be if nobody waits
   */
  long endLate(long now) {
    if (rows == 0) {
      return Long.MAX_VALUE;
    }
    return change(late -> {
      waiting.removeLate(now, late);
      return waiting.nanosUntilLate(now);
    });
  }

  /** Ends those whose callers have hung up. */
  void endDeserted() {
    if (rows > 0) {
      // Asked outside the lock: each question goes to the operating system.
      boolean someGone = false;
      for (T ticket : change(late -> waiting.all())) {
        someGone |= ticket.abandonIfDeserted();
      }
      if (someGone) {
        change(late -> {
          waiting.removeGone();
          return late;
        });
      }
    }
  }

  /** Changes who waits, under the lock; afterwards tells those who turned out to be late. */
  private <R extends @Nullable Object> R change(Function<Consumer<T>, R> change) {
    List<T> late = new ArrayList<>();
    R result;
    lock.lock();
    try {
      result = change.apply(late::add);
      rows = waiting.rows();
    } finally {
      lock.unlock();
    }
    late.forEach(Turns::expire);
    return result;
  }

  private static void expire(Ticket ticket) {
    if (ticket.move(Ticket.State.WAITING, Ticket.State.EXPIRED)) {
      ticket.wake();
    }
  }
}
