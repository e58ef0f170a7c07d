package io.evenkeel.bench;

import java.io.IOException;
import java.time.Duration;

/**
 * Callers that each send their next request as soon as the last one is answered, whatever the
 * answer was: a refused caller comes back at once. One thread plays them all.
 */
final class ClosedLoopGenerator implements EventLoop.Listener, AutoCloseable {
  /** How long after the end answers are still awaited. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final EventLoop loop;
  private final int callers;
  private final long deadlineNanos;
  private Outcomes current;
  private boolean over;
  private int inFlight;

  ClosedLoopGenerator(ClosedLoopOptions options) throws IOException {
    loop = new EventLoop(options.target(), this);
    callers = options.connections();
    deadlineNanos = options.target().deadlineNanos();
    current = new Outcomes(deadlineNanos);
  }

  /**
   * Counts the requests that are sent from now on, for so long. The callers go on afterwards: what
   * they have on its way then is still counted here when it is answered.
   */
  Outcomes run(Duration length) throws IOException {
    Outcomes outcomes = new Outcomes(deadlineNanos);
    current = outcomes;
    if (inFlight == 0) {
      start();
    }
    long end = System.nanoTime() + length.toNanos();
    for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
      loop.await(Math.max(1, left / 1_000_000));
    }
    return outcomes;
  }

  private void start() throws IOException {
    for (int i = 0; i < callers; i++) {
      inFlight++;
      sendOn(loop.open());
    }
  }

  /** Sends no more, and waits for what is on its way. */
  void finish() throws IOException {
    over = true;
    long giveUp = System.nanoTime() + GRACE.toNanos();
    while (inFlight > 0 && System.nanoTime() - giveUp < 0) {
      loop.await(100);
    }
  }

  private void sendOn(Connection connection) throws IOException {
    loop.send(connection, System.nanoTime(), current);
  }

  @Override
  public void free(Connection connection) throws IOException {
    if (over) {
      inFlight--;
    } else {
      sendOn(connection);
    }
  }

  @Override
  public void replaced(Connection gone, Connection fresh) {
    // Only after the end is a connection without a request.
  }

  @Override
  public void close() throws IOException {
    loop.close();
  }
}
