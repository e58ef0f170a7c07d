package io.evenkeel.serving;

import io.evenkeel.serving.spi.Lap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long each step of one request took. Used by one thread. */
@SuppressWarnings("EnumOrdinal") // an array costs a tenth of an EnumMap of boxed numbers
public final class Stopwatch {
  private static final Step[] STEPS = Step.values();

  /** Of {@code Server-Timing}: most requests have steps that take no microsecond. */
  private static final int USUAL_LENGTH = 80;

  private final long startNanos;
  private final long[] durations = new long[STEPS.length];
  private final @Nullable List<Lap> laps;
  private long lapNanos;

  /**
   * @param startNanos when the request came in, by {@link System#nanoTime}
   */
  public Stopwatch(long startNanos) {
    this(startNanos, null);
  }

  private Stopwatch(long startNanos, @Nullable List<Lap> laps) {
    this.startNanos = startNanos;
    this.lapNanos = startNanos;
    this.laps = laps;
  }

  /** One that also keeps when each step was, for a request that is traced. */
  public static Stopwatch keepingLaps(long startNanos) {
    return new Stopwatch(startNanos, new ArrayList<>());
  }

  /** When the request came in. */
  public long startNanos() {
    return startNanos;
  }

  /** Ends a step: the time since the last call belongs to it. */
  public void lap(Step step) {
    lap(step, System.nanoTime() - lapNanos);
  }

  /** Ends a step that took so long of the time since the last call; the rest is the next step's. */
  public void lap(Step step, long nanos) {
    durations[step.ordinal()] += nanos;
    lapNanos += nanos;
    if (laps != null) {
      laps.add(new Lap(step.label(), lapNanos - nanos, lapNanos));
    }
  }

  /**
   * When each step was, in their order; steps that a second version repeats are there twice. Empty
   * where none are kept.
   */
  public List<Lap> laps() {
    return laps == null ? List.of() : List.copyOf(laps);
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
  public CharSequence serverTiming() {
    StringBuilder header = new StringBuilder(USUAL_LENGTH);
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
    return header;
  }

  private static void appendThousandths(StringBuilder header, int micros) {
    header.append('.').append(micros / 100).append(micros / 10 % 10).append(micros % 10);
  }
}
