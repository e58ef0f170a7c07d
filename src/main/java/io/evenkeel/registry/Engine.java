package io.evenkeel.registry;

import io.evenkeel.admission.Claim;
import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.Executor.Health;
import io.evenkeel.admission.Priority;
import io.evenkeel.contract.Contract;
import io.evenkeel.contract.RowReader;
import io.evenkeel.inference.ModelSession;
import io.evenkeel.preprocess.Preprocessor;
import io.evenkeel.preprocess.TensorRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a version that is loaded, but has not proved itself yet: no request reaches it.
 *
 * @param rules reads rows
 * @param executors what will run the lane's batches, at least one
 */
record Engine(
    Contract contract,
    RuleSwitch rules,
    Preprocessor preprocessor,
    ModelSession session,
    List<RunnerExecutor> executors)
    implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofDays(1);

  /** Reads rows by the rules that are enforced at present. */
  RowReader reader() {
    return rules.reader();
  }

  /**
   * Runs a block, in pieces of the largest batch size, without a lane. For one thread at a time.
   */
  RowResult[] run(TensorRows rows) {
    RowResult[] results = new RowResult[rows.rows()];
    Claim claim = claim(results.length);
    int largest = session.buckets().getLast();
    for (int from = 0; from < results.length; from += largest) {
      int count = Math.min(largest, results.length - from);
      RowsTicket.Range range = new RowsTicket.Range(rows, from, count);
      executors.getFirst().run(List.of(new RowsTicket(claim, range, results, null)));
    }
    return results;
  }

  /**
   * Runs rows of different blocks in one batch, without a lane. For one thread at a time.
   *
   * @param rows blocks of one row each, no more than the largest batch size
   * @param results for each row the place its result is put
   */
  Health runTogether(List<TensorRows> rows, List<RowResult[]> results) {
    List<RowsTicket> tickets = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      RowsTicket.Range range = new RowsTicket.Range(rows.get(i), 0, 1);
      tickets.add(new RowsTicket(claim(1), range, results.get(i), null));
    }
    return executors.getFirst().run(tickets);
  }

  private static Claim claim(int rows) {
    Deadline deadline = Deadline.after(PATIENCE, System.nanoTime());
    return new Claim(Endpoint.BATCH, Priority.NORMAL, rows, deadline);
  }

  /** Frees the native memory, once the last lease is back. */
  @Override
  public void close() {
    session.close();
  }
}
