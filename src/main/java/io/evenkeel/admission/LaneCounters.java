package io.evenkeel.admission;

import java.util.concurrent.atomic.LongAdder;

/** What has happened in a lane since it was made. Thread-safe. */
public final class LaneCounters {
  private final LongAdder runs = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private final LongAdder terminations = new LongAdder();

  void countRun(int rowsOfRun) {
    runs.increment();
    rows.add(rowsOfRun);
  }

  void countTermination() {
    terminations.increment();
  }

  /** Runs, of one or many rows. */
  public long runs() {
    return runs.sum();
  }

  /** Rows in all runs. */
  public long rows() {
    return rows.sum();
  }

  /** Runs that were ended early because nobody waited for them. */
  public long terminations() {
    return terminations.sum();
  }
}
