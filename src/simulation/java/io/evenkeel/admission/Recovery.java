package io.evenkeel.admission;

import java.util.ArrayList;
import java.util.List;

/**
 * How long after a disturbance a lane is as it was before. A window of time is normal if nobody who
 * came in it was refused or missed the deadline, and if the mean latency was at most one and a half
 * times that of the time before.
 */
final class Recovery {
  /** Instead of a latency. */
  static final long REFUSED = -1;

  static final long NEVER = -1;

  private static final long WINDOW_NANOS = 50_000_000;
  private static final double NORMAL = 1.5;

  /** A chance is not a recovery. */
  private static final int WINDOWS_IN_A_ROW = 5;

  private final Phases phases;
  private final Window before = new Window();
  private final List<Window> after = new ArrayList<>();

  Recovery(Phases phases) {
    this.phases = phases;
  }

  private static final class Window {
    private long sum;
    private int count;
    private boolean refused;

    void observe(long latencyNanos) {
      if (latencyNanos == REFUSED) {
        refused = true;
      } else {
        sum += latencyNanos;
        count++;
      }
    }

    boolean isLike(Window normal) {
      return !refused
          && (double) sum / Math.max(1, count) <= NORMAL * normal.sum / Math.max(1, normal.count);
    }
  }

  /** What became of who came then. */
  void observe(long arrivalNanos, long latencyNanos) {
    long since = arrivalNanos - phases.recoveryStart();
    if (since >= 0) {
      int index = (int) (since / WINDOW_NANOS);
      while (after.size() <= index) {
        after.add(new Window());
      }
      after.get(index).observe(latencyNanos);
    } else if (phases.at(arrivalNanos) == Phases.Phase.BEFORE) {
      before.observe(latencyNanos);
    }
  }

  /** Milliseconds until it was normal and stayed so; {@link #NEVER} if it wasn't. */
  long millis() {
    int normal = 0;
    for (int i = 0; i < after.size(); i++) {
      normal = after.get(i).isLike(before) ? normal + 1 : 0;
      if (normal == WINDOWS_IN_A_ROW) {
        return (i + 1 - WINDOWS_IN_A_ROW) * WINDOW_NANOS / 1_000_000;
      }
    }
    return NEVER;
  }
}
