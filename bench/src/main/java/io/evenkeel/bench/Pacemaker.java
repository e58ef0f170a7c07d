package io.evenkeel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes a selector when the next request is due. A selector's own timeout is in whole milliseconds,
 * far too coarse, and spinning would take a core from the server under test.
 *
 * <p>The event loop only ever moves the time forward, so the thread needs no signal: it wakes at a
 * time that was right when it fell asleep, looks again, and touches the selector only if that is
 * asleep past the time.
 */
final class Pacemaker implements Pace {
  /** A request this little late is not worth a wake-up of its own. */
  private static final long SHORTEST_NAP_NANOS = 20_000;

  /** While the event loop is awake it looks for due requests itself, so it can have the core. */
  private static final long NAP_WHILE_AWAKE_NANOS = 60_000;

  /** The wake-up ends a wait when the next request is due; this is for when nothing is. */
  private static final long LONGEST_WAIT_MILLIS = 1000;

  private final EventLoop loop;
  private final Thread thread = new Thread(this::run, "pacemaker");
  private volatile long dueNanos;
  private volatile boolean selectorSleeps;
  private volatile boolean closed;

  Pacemaker(EventLoop loop, long firstDueNanos) {
    this.loop = loop;
    this.dueNanos = firstDueNanos;
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void await(long dueNanos) throws IOException {
    this.dueNanos = dueNanos;
    selectorSleeps = true;
    // After the flag is up: a request that became due before it would be slept over otherwise.
    loop.await(dueNanos - System.nanoTime() <= 0 ? 0 : LONGEST_WAIT_MILLIS);
    selectorSleeps = false;
  }

  private void run() {
    sharpenTimers();
    while (!closed) {
      long left = dueNanos - System.nanoTime();
      boolean asleep = selectorSleeps;
      if (left <= 0 && asleep) {
        selectorSleeps = false;
        loop.selector().wakeup();
      }
      LockSupport.parkNanos(Math.max(left, asleep ? SHORTEST_NAP_NANOS : NAP_WHILE_AWAKE_NANOS));
    }
  }

  /**
   * Linux lets a thread oversleep by 50 µs to save power; a thread may ask for less. Where it
   * can't, sends are a bit late.
   */
  private static void sharpenTimers() {
    try {
      String task = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName().toString();
      Files.writeString(Path.of("/proc", task, "timerslack_ns"), "1");
    } catch (IOException | UnsupportedOperationException absent) {
      // Not Linux, or not allowed: the figures then show it as send lag.
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
