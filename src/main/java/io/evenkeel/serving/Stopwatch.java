package io.evenkeel.serving;

/** How long each step of one request took. Used by one thread. */
@SuppressWarnings("EnumOrdinal") // an array costs a tenth of an EnumMap of boxed numbers
public final class Stopwatch {
  private static final Step[] STEPS = Step.values();

  private final long startNanos;
  private final long[] durations = new long[STEPS.length];
  private long lapNanos;

  /**
   * @param startNanos when the request came in, by {@link System#nanoTime}
   */
  public Stopwatch(long startNanos) {
    this.startNanos = startNanos;
    this.lapNanos = startNanos;
  }

  /** When the request came in. */
  public long startNanos() {
    return startNanos;
  }

  /** Ends a step: the time since the last call belongs to it. */
  public void lap(Step step) {
    long now = System.nanoTime();
    durations[step.ordinal()] += now - lapNanos;
    lapNanos = now;
  }

  /** Ends a step that took so long of the time since the last call; the rest is the next step's. */
  public void lap(Step step, long nanos) {
    durations[step.ordinal()] += nanos;
    lapNanos += nanos;
  }

  /** The time spent in a step, 0 if the request didn't reach it. */
  public long nanos(Step step) {
    return durations[step.ordinal()];
  }

  /** The time from the start to the last lap. */
  public long totalNanos() {
    return lapNanos - startNanos;
  }

  /** The value of a {@code Server-Timing} header, in milliseconds. */
  public String serverTiming() {
    StringBuilder header = new StringBuilder(128);
    for (Step step : STEPS) {
      long micros = nanos(step) / 1000;
      if (micros > 0) {
        header
            .append(header.isEmpty() ? "" : ", ")
            .append(step.label())
            .append(";dur=")
            .append(micros / 1000);
        appendThousandths(header, (int) (micros % 1000));
      }
    }
    return header.toString();
  }

  private static void appendThousandths(StringBuilder header, int micros) {
    header.append('.').append(micros / 100).append(micros / 10 % 10).append(micros % 10);
  }
}
