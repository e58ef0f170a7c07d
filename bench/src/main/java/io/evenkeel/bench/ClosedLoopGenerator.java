package io.evenkeel.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Callers that each send their next request as soon as the last one is answered, or after a pause
 * if it was not served. One thread plays them all.
 */
final class ClosedLoopGenerator implements EventLoop.Listener, AutoCloseable {
  /** How long after the end answers are still awaited. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  private record Resting(Connection connection, long untilNanos) {}

  private final EventLoop loop;
  private final int callers;
  private final long deadlineNanos;
  private final long pauseNanos;

  /** Who rests, the first to come back first: all pauses are equally long. */
  private final ArrayDeque<Resting> resting = new ArrayDeque<>();

  private Outcomes current;
  private boolean over;
  private int inFlight;

  ClosedLoopGenerator(ClosedLoopOptions options) throws IOException {
    loop = new EventLoop(options.target(), this);
    callers = options.connections();
    deadlineNanos = options.target().deadlineNanos();
    pauseNanos = options.pause().toNanos();
    current = new Outcomes(deadlineNanos);
  }

  /**
   * Counts the requests that are sent from now on, for so long. The callers go on afterwards: what
   * they have on its way then is still counted here when it is answered.
   */
  Outcomes run(Duration length) throws IOException {
    Outcomes outcomes = new Outcomes(deadlineNanos);
    current = outcomes;
    if (inFlight == 0 && resting.isEmpty()) {
      start();
    }
    long end = System.nanoTime() + length.toNanos();
    for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
      loop.await(Math.max(1, Math.min(left, restNanos()) / 1_000_000));
      sendForTheRested();
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

  private long restNanos() {
    Resting first = resting.peek();
    return first == null ? Long.MAX_VALUE : first.untilNanos - System.nanoTime();
  }

  private void sendForTheRested() throws IOException {
    while (restNanos() <= 0) {
      inFlight++;
      sendOn(resting.remove().connection);
    }
  }

  private void sendOn(Connection connection) throws IOException {
    loop.send(connection, System.nanoTime(), current);
  }

  @Override
  public void free(Connection connection, int status) throws IOException {
    if (over) {
      inFlight--;
    } else if (status == 200 || pauseNanos == 0) {
      sendOn(connection);
    } else {
      inFlight--;
      resting.add(new Resting(connection, System.nanoTime() + pauseNanos));
    }
  }

  @Override
  public void replaced(Connection gone, Connection fresh) {
    if (resting.removeIf(one -> one.connection == gone)) {
      resting.add(new Resting(fresh, System.nanoTime() + pauseNanos));
    }
  }

  @Override
  public void close() throws IOException {
    loop.close();
  }
}
