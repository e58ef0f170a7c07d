package io.evenkeel.api;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A queue whose length can be asked for at any time. Thread-safe; nobody waits for a lock. */
final class Line<T> {
  private final ConcurrentLinkedDeque<T> queue = new ConcurrentLinkedDeque<>();
  private final AtomicInteger size = new AtomicInteger();

  void add(T last) {
    size.incrementAndGet();
    queue.addLast(last);
  }

  @Nullable T pollFirst() {
    return taken(queue.pollFirst());
  }

  @Nullable T pollLast() {
    return taken(queue.pollLast());
  }

  private @Nullable T taken(@Nullable T one) {
    if (one != null) {
      size.decrementAndGet();
    }
    return one;
  }

  @Nullable T peekLast() {
    return queue.peekLast();
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Whoever is being added counts already. */
  int size() {
    return size.get();
  }
}
