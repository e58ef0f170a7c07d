package io.evenkeel.registry;

import io.evenkeel.admission.Executor;
import io.evenkeel.admission.Lane;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells of the runs that several requests had part in, where one of them is traced. Lanes have it
 * only where requests may be traced.
 */
public final class TracedExecutor implements Executor<RowsTicket> {
  private final Executor<RowsTicket> executor;

  TracedExecutor(Executor<RowsTicket> executor) {
    this.executor = executor;
  }

  /** The same parts of a lane, with executors that tell. */
  public static Lane.Parts<RowsTicket> in(Lane.Parts<RowsTicket> parts) {
    return new Lane.Parts<>(
        parts.executors().stream().map(TracedExecutor::new).toList(), parts.times());
  }

  @Override
  public Health run(List<RowsTicket> batch) {
    List<RunTrace> traced = batch.size() == 1 ? List.of() : traced(batch);
    if (traced.isEmpty()) {
      return executor.run(batch);
    }
    long start = System.nanoTime();
    try {
      return executor.run(batch);
    } finally {
      int rows = batch.stream().mapToInt(RowsTicket::rows).sum();
      long end = System.nanoTime();
      traced.getFirst().note(new RunTrace.SharedRun(start, end, batch.size(), rows, traced));
    }
  }

  private static List<RunTrace> traced(List<RowsTicket> batch) {
    List<RunTrace> traced = new ArrayList<>();
    for (RowsTicket ticket : batch) {
      if (ticket instanceof TracedTicket found) {
        traced.add(found.trace());
      }
    }
    return traced;
  }

  @Override
  public long runNumber() {
    return executor.runNumber();
  }

  @Override
  public void terminate(long runNumber) {
    executor.terminate(runNumber);
  }
}
