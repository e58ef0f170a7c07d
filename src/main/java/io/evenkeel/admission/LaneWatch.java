package io.evenkeel.admission;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread that looks at all lanes: it ends what is late or whose caller has hung up, so that the
 * requests themselves can wait without a timer each. It looks every millisecond while anybody
 * waits, and ten times a second otherwise. Thread-safe.
 */
public final class LaneWatch implements AutoCloseable {
  static final Duration TICK = Duration.ofMillis(1);
  private static final Duration SLOW_TICK = Duration.ofMillis(100);
  private static final int TICKS_BETWEEN_CALLS = 20;
  private static final int IDLE_TICKS_UNTIL_SLOW = 200;

  private final List<Lane<?>> lanes = new CopyOnWriteArrayList<>();
  private final Thread thread =
      Thread.ofPlatform().name("lane-watch").daemon().unstarted(this::run);
  private volatile boolean slow;
  private volatile boolean closed;

  public LaneWatch() {
    thread.start();
  }

  void add(Lane<?> lane) {
    lanes.add(lane);
  }

  /** Forgets a lane nobody enters any more. */
  public void remove(Lane<?> lane) {
    lanes.remove(lane);
  }

  /** Called when somebody begins to wait. */
  void beAwake() {
    if (slow) {
      slow = false;
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    int idleTicks = 0;
    for (long tick = 0; !closed; tick++) {
      // Before the look: whoever begins to wait after it then finds that it must wake the thread.
      slow = idleTicks > IDLE_TICKS_UNTIL_SLOW;
      if (look(tick % TICKS_BETWEEN_CALLS == 0)) {
        idleTicks = 0;
        slow = false;
      } else {
        idleTicks++;
      }
      LockSupport.parkNanos(this, (slow ? SLOW_TICK : TICK).toNanos());
    }
  }

  private boolean look(boolean alsoAtCallers) {
    boolean busy = false;
    long now = System.nanoTime();
    for (Lane<?> lane : lanes) {
      if (lane.isBusy()) {
        busy = true;
        lane.endWhatIsLate(now);
        if (alsoAtCallers) {
          lane.endWhatIsDeserted();
        }
      }
    }
    return busy;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
