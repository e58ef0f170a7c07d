package io.evenkeel.audit.log;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What waits to be written, in the order of its coming; bounded. Whoever hands something over never
 * waits here. Thread-safe; one thread takes.
 */
final class Intake {
  private final int mostWaiting;
  private final int largestGroup;
  private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /** How many of those have a caller who waits for it. */
  private final AtomicInteger awaited = new AtomicInteger();

  private final AtomicLong refused = new AtomicLong();
  private volatile boolean closed;

  /**
   * @param largestGroup how much is taken at once, at most
   */
  Intake(int mostWaiting, int largestGroup) {
    this.mostWaiting = mostWaiting;
    this.largestGroup = largestGroup;
  }

  /** Hands over what nobody waits for. Returns false where there is no room; that is counted. */
  boolean offer(Entry entry) {
    if (add(Waiting.unawaited(entry))) {
      return true;
    }
    refused.incrementAndGet();
    return false;
  }

  /** Hands over what its caller is going to wait for. Returns false where there is no room. */
  boolean offer(Waiting own) {
    awaited.incrementAndGet();
    if (!add(own)) {
      awaited.decrementAndGet();
      return false;
    }
    return true;
  }

  private boolean add(Waiting one) {
    if (closed) {
      return false;
    }
    if (waiting.incrementAndGet() > mostWaiting) {
      waiting.decrementAndGet();
      return false;
    }
    queue.add(one);
    return true;
  }

  /** Hands over what belongs to something that was taken: there is always room for it. */
  void addBeyond(Entry entry) {
    waiting.incrementAndGet();
    queue.add(Waiting.unawaited(entry));
  }

  /** Moves what waits to a group, as much as it holds. Returns how many callers wait for it. */
  int take(List<Waiting> group) {
    int callers = 0;
    while (group.size() < largestGroup) {
      Waiting next = queue.poll();
      if (next == null) {
        break;
      }
      waiting.decrementAndGet();
      group.add(next);
      if (next.isAwaited()) {
        awaited.decrementAndGet();
        callers++;
      }
    }
    return callers;
  }

  /** How much there was no room for since the last time this was asked. */
  long takeRefused() {
    return refused.getAndSet(0);
  }

  /** From now on there is no room for anything. What waits can still be taken. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Whether a caller waits for any of it. */
  boolean isAwaited() {
    return awaited.get() > 0;
  }

  int size() {
    return waiting.get();
  }
}
