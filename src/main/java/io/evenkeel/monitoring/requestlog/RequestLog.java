package io.evenkeel.monitoring.requestlog;

import io.evenkeel.serving.Observers;
import io.evenkeel.serving.spi.RequestSummary;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A line in the log for some requests, or for all. Requests only hand over what is to be said; a
 * thread of its own writes it, because a console that is read slowly makes whoever writes to it
 * wait. What it can't keep up with is dropped and counted. Thread-safe.
 */
public final class RequestLog implements AutoCloseable {
  private static final int LONGEST_QUEUE = 1024;
  private static final long LONGEST_CLOSE_MILLIS = 1000;

  private final Sample all;
  private final Sample failures;
  private final PerSecond failuresPerSecond;
  private final AtomicLong leftOut = new AtomicLong();
  private final BlockingQueue<RequestLine> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);
  private final Counter dropped;
  private final Thread writer;
  private volatile boolean closed;

  public RequestLog(RequestLogProperties properties, MeterRegistry meters) {
    this.all = new Sample(properties.rate());
    this.failures = new Sample(properties.failureRate());
    this.failuresPerSecond = new PerSecond(properties.maxFailuresPerSecond());
    this.dropped = Observers.dropped(meters, "request-log");
    this.writer = Thread.ofPlatform().name("request-log").daemon().start(this::write);
  }

  /**
   * Whether a request gets a line. Asked once, at its end. Costs two comparisons where none but
   * failures do.
   *
   * @param requestId by which it is chosen
   * @param status of its answer
   */
  public boolean wants(String requestId, int status) {
    // The time is asked for only where it matters.
    return RequestSummary.Ending.isFailure(status)
        ? wants(requestId, status, System.nanoTime())
        : all.holds(requestId);
  }

  /** The same at a moment. */
  boolean wants(String requestId, int status, long now) {
    if (all.holds(requestId)) {
      return true;
    }
    if (!RequestSummary.Ending.isFailure(status) || !failures.holds(requestId)) {
      return false;
    }
    if (failuresPerSecond.tryTake(now)) {
      return true;
    }
    leftOut.incrementAndGet();
    return false;
  }

  /**
   * Has a line written. Never waits, never fails.
   *
   * @param traceId null where the request isn't traced
   */
  public void add(RequestSummary summary, @Nullable String traceId) {
    long missing = summary.ending().isFailure() ? leftOut.getAndSet(0) : 0;
    if (!queue.offer(new RequestLine(summary, traceId, missing))) {
      dropped.increment();
    }
  }

  private void write() {
    try {
      while (!closed || !queue.isEmpty()) {
        queue.take().write();
      }
    } catch (InterruptedException e) {
      // Closed while it waited: then the queue is empty but for what came meanwhile.
      for (RequestLine line = queue.poll(); line != null; line = queue.poll()) {
        line.write();
      }
    }
  }

  /** Writes what is still to be written, if that takes no longer than a second. */
  @Override
  public void close() {
    closed = true;
    writer.interrupt();
    try {
      writer.join(LONGEST_CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
