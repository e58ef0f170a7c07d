package io.evenkeel.admission;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tickets that wait for an executor: by priority, then by deadline, then by arrival. Who waits
 * and who is next is all it knows; it has no clock and no threads, so that a simulation can drive
 * it too. Not thread-safe.
 */
@SuppressWarnings("EnumOrdinal") // arrays, since this is asked for every request
final class WaitingRoom<T extends Ticket> {
  private static final Comparator<Ticket> MOST_URGENT =
      (a, b) -> {
        long difference = a.claim().deadline().nanoTime() - b.claim().deadline().nanoTime();
        return difference != 0 ? Long.signum(difference) : Long.compare(a.sequence(), b.sequence());
      };

  private static final int ENDPOINTS = Endpoint.values().length;

  private final List<PriorityQueue<T>> queues = new ArrayList<>();
  private final AtomicIntegerArray rows =
      new AtomicIntegerArray(Priority.values().length * ENDPOINTS);
  private long arrivals;

  WaitingRoom() {
    for (int i = 0; i < Priority.values().length; i++) {
      queues.add(new PriorityQueue<>(MOST_URGENT));
    }
  }

  /** Seats a ticket. */
  void add(T ticket) {
    ticket.queue(arrivals++);
    queues.get(ticket.claim().priority().ordinal()).add(ticket);
    count(ticket, ticket.rows());
  }

  /**
   * Takes the ticket whose turn it is, if there is room for it. Of a batch's ticket so many rows
   * are taken as there is room for.
   *
   * @param late gets those before it whose deadline has passed, or whose caller is gone
   * @return null if nobody waits, or there is no room for the next
   */
  @Nullable T pollInto(RunSize.Room room, long now, Consumer<? super T> late) {
    for (PriorityQueue<T> queue : queues) {
      for (T head = queue.peek(); head != null; head = queue.peek()) {
        boolean inTime = head.state() == Ticket.State.WAITING && !head.isLate(now);
        int fitting = inTime ? room.rowsOf(head) : 0;
        if (inTime && fitting == 0) {
          return null;
        }
        queue.poll();
        count(head, -head.rows());
        if (inTime) {
          head.cutTo(fitting);
          return head;
        }
        late.accept(head);
      }
    }
    return null;
  }

  /** The most urgent ticket. It may be late, or have ended meanwhile. */
  @Nullable T peek() {
    for (PriorityQueue<T> queue : queues) {
      if (!queue.isEmpty()) {
        return queue.peek();
      }
    }
    return null;
  }

  /** Takes those whose deadline has passed. */
  void removeLate(long now, Consumer<? super T> late) {
    for (PriorityQueue<T> queue : queues) {
      for (T head = queue.peek(); head != null && head.isLate(now); head = queue.peek()) {
        queue.poll();
        count(head, -head.rows());
        late.accept(head);
      }
    }
  }

  /** After how long the next of them is late; as long as can be if nobody waits. */
  long nanosUntilLate(long now) {
    long next = Long.MAX_VALUE;
    for (PriorityQueue<T> queue : queues) {
      T head = queue.peek();
      if (head != null) {
        next = Math.min(next, head.claim().deadline().nanosLeft(now));
      }
    }
    return next;
  }

  /** Forgets those who have gone. */
  void removeGone() {
    for (PriorityQueue<T> queue : queues) {
      queue.removeIf(ticket -> {
        boolean gone = ticket.state() != Ticket.State.WAITING;
        if (gone) {
          count(ticket, -ticket.rows());
        }
        return gone;
      });
    }
  }

  /** All who wait, in no order. */
  List<T> all() {
    List<T> all = new ArrayList<>();
    queues.forEach(all::addAll);
    return all;
  }

  /** How many rows wait. */
  int rows() {
    int sum = 0;
    for (int i = 0; i < rows.length(); i++) {
      sum += rows.get(i);
    }
    return sum;
  }

  /**
   * How many rows have their turn before a newcomer: those of a higher priority, and of its own the
   * single ones, whose deadlines are near; a batch comes after the batches too. Any thread may ask.
   */
  int rowsBefore(Priority priority, Endpoint endpoint) {
    int sum = 0;
    for (int i = 0; i <= priority.ordinal(); i++) {
      for (int j = 0; j <= endpoint.ordinal(); j++) {
        sum += rows.get(i * ENDPOINTS + j);
      }
    }
    return sum;
  }

  /** How many rows of this priority and of higher ones wait. */
  int rowsUpTo(Priority priority) {
    return rowsBefore(priority, Endpoint.BATCH);
  }

  private void count(T ticket, int difference) {
    Claim claim = ticket.claim();
    int index = claim.priority().ordinal() * ENDPOINTS + claim.endpoint().ordinal();
    rows.lazySet(index, rows.get(index) + difference);
  }
}
