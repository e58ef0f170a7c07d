package io.evenkeel.admission;

/**
 * How many rows come in a second that have their turn before others who wait already, by priority
 * and endpoint: their rates, averaged over the last quarter of a second or so. Thread-safe; updates
 * may get lost between threads, which does an estimate no harm.
 */
@SuppressWarnings("EnumOrdinal") // arrays, since this is asked for every request
final class Overtaking {
  private static final double WINDOW_NANOS = 250e6;

  private final Rate[][] rates = new Rate[Priority.values().length][Endpoint.values().length];

  Overtaking() {
    for (Rate[] ofPriority : rates) {
      for (int i = 0; i < ofPriority.length; i++) {
        ofPriority[i] = new Rate();
      }
    }
  }

  /** Rows per nanosecond. */
  private static final class Rate {
    private volatile double rate;
    private volatile long since;

    void add(int rows, long now) {
      rate = at(now) + rows / WINDOW_NANOS;
      since = now;
    }

    double at(long now) {
      // 1 / (1 + x) in the place of exp(-x): quicker, and the same on every machine.
      return rate / (1 + Math.max(0, now - since) / WINDOW_NANOS);
    }
  }

  /** Rows come. */
  void add(Claim claim, int rows, long now) {
    rates[claim.priority().ordinal()][claim.endpoint().ordinal()].add(rows, now);
  }

  /** The rows per nanosecond that have their turn before those of a claim which wait already. */
  double rate(Claim claim, long now) {
    int priority = claim.priority().ordinal();
    double sum = 0;
    for (int i = 0; i < priority; i++) {
      for (Rate ofEndpoint : rates[i]) {
        sum += ofEndpoint.at(now);
      }
    }
    for (int i = 0; i < claim.endpoint().ordinal(); i++) {
      sum += rates[priority][i].at(now);
    }
    return sum;
  }
}
