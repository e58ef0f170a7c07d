package io.evenkeel.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at the connections at each tick, and sleeps in between. An overloaded server shares the
 * cores with its generator, and to wake up for each of thousands of requests and answers takes more
 * of them than to send them. What comes between two ticks is seen, and so counted, up to a tick
 * late.
 */
final class Ticks implements Pace {
  private final EventLoop loop;
  private final long tickNanos;
  private long next = System.nanoTime();

  Ticks(EventLoop loop, Duration tick) {
    this.loop = loop;
    this.tickNanos = tick.toNanos();
  }

  @Override
  public void await(long dueNanos) throws IOException {
    long now = System.nanoTime();
    next = Math.max(next + tickNanos, now);
    LockSupport.parkNanos(next - now);
    loop.await(0);
  }

  @Override
  public void close() {
    // Nothing of its own is open.
  }
}
