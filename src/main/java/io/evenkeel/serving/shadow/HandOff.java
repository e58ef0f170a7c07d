package io.evenkeel.serving.shadow;

import io.evenkeel.serving.AnswerWeight;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Copies on their way from the requests' threads to the one that runs them: bounded in rows, and in
 * bytes. Thread-safe; whoever offers never waits.
 */
final class HandOff {
  /** What all that wait may take of the heap. */
  static final long MOST_BYTES = 16L << 20;

  /** What one of them may take. */
  static final long MOST_BYTES_OF_ONE = 1L << 20;

  private final BlockingQueue<Waiting> queue;
  private final AtomicLong bytes = new AtomicLong();

  private record Waiting(Copy copy, long bytes) {}

  HandOff(int maxRows) {
    this.queue = new ArrayBlockingQueue<>(maxRows);
  }

  /** Takes a copy, or says why not. */
  @Nullable DropReason offer(Copy copy) {
    long size = copy.row().bytes() + AnswerWeight.of(copy.prediction());
    if (size > MOST_BYTES_OF_ONE) {
      return DropReason.TOO_LARGE;
    }
    if (bytes.addAndGet(size) > MOST_BYTES || !queue.offer(new Waiting(copy, size))) {
      bytes.addAndGet(-size);
      return DropReason.QUEUE_FULL;
    }
    return null;
  }

  /** The next copy; waits for one. */
  Copy take() throws InterruptedException {
    Waiting next = queue.take();
    bytes.addAndGet(-next.bytes());
    return next.copy();
  }
}
