package io.evenkeel.admission;

import java.util.EnumMap;
import java.util.Map;

/** What became of some requests. */
final class Tally {
  private final Map<Shed.Reason, Integer> shed = new EnumMap<>(Shed.Reason.class);
  private final Times waits = new Times();
  private final Times latencies = new Times();
  private int admitted;
  private int hungUp;
  private int missed;
  private long goodRows;
  private int runs;
  private long rowsRun;

  /**
   * How a request that was let in has ended.
   *
   * @param waitedNanos in the waiting room
   * @param latencyNanos from its arrival to its answer
   * @param late whether that was too long
   */
  record End(Ending ending, long waitedNanos, long latencyNanos, boolean late) {
    static End of(VirtualRequest request, Ending ending, long latencyNanos) {
      boolean late = request.claim().deadline().nanosLeft(request.arrivalNanos()) < latencyNanos;
      return new End(ending, request.waitedNanos(), latencyNanos, late);
    }

    boolean isGood() {
      return ending == Ending.RAN && !late;
    }

    boolean isMissed() {
      return ending != Ending.ABANDONED && !isGood();
    }
  }

  void countShed(Shed.Reason reason) {
    shed.merge(reason, 1, Integer::sum);
  }

  void countEnd(End end) {
    admitted++;
    missed += end.isMissed() ? 1 : 0;
    hungUp += end.ending() == Ending.ABANDONED ? 1 : 0;
    if (end.ending() == Ending.RAN) {
      waits.add(end.waitedNanos());
      latencies.add(end.latencyNanos());
    }
  }

  /** Rows were answered in time. */
  void countGood(int rows) {
    goodRows += rows;
  }

  void countRun(int rows) {
    runs++;
    rowsRun += rows;
  }

  int offered() {
    return admitted + shed();
  }

  int admitted() {
    return admitted;
  }

  int shed() {
    return shed.values().stream().mapToInt(Integer::intValue).sum();
  }

  int shed(Shed.Reason reason) {
    return shed.getOrDefault(reason, 0);
  }

  /** The requests that were let in, were wanted to the end, and weren't answered in time. */
  int missed() {
    return missed;
  }

  int hungUp() {
    return hungUp;
  }

  double admittedShare() {
    return (double) admitted / Math.max(1, offered());
  }

  double missedShare() {
    return (double) missed / Math.max(1, admitted);
  }

  long goodRows() {
    return goodRows;
  }

  long rowsRun() {
    return rowsRun;
  }

  double rowsPerRun() {
    return (double) rowsRun / Math.max(1, runs);
  }

  Times waits() {
    return waits;
  }

  Times latencies() {
    return latencies;
  }
}
