package io.evenkeel.registry;

import io.evenkeel.admission.Lane;
import io.evenkeel.contract.Contract;
import io.evenkeel.contract.RowReader;
import io.evenkeel.inference.InferenceException;
import io.evenkeel.inference.Lease;
import io.evenkeel.inference.ModelSession;
import io.evenkeel.inference.Runner;
import io.evenkeel.preprocess.Preprocessor;
import io.evenkeel.preprocess.TensorRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a loaded version that a request walks through. Thread-safe. A caller leases it
 * before the first step and gives the lease back after the last, so that it isn't unloaded in
 * between.
 */
public final class Servable implements AutoCloseable {
  private final Contract contract;
  private final RowReader reader;
  private final Preprocessor preprocessor;
  private final ModelSession session;
  private final Lane lane;
  private final RunnerPool runners;
  private final int largestBatch;

  Servable(Contract contract, RowReader reader, Preprocessor preprocessor, Engine engine) {
    this.contract = contract;
    this.reader = reader;
    this.preprocessor = preprocessor;
    this.session = engine.session();
    this.lane = engine.lane();
    this.runners = engine.runners();
    this.largestBatch = engine.session().buckets().getLast();
  }

  /** What runs the graph: the session, the way in, and the buffers. */
  record Engine(ModelSession session, Lane lane, RunnerPool runners) {}

  public Contract contract() {
    return contract;
  }

  public RowReader reader() {
    return reader;
  }

  public Preprocessor preprocessor() {
    return preprocessor;
  }

  public Lane lane() {
    return lane;
  }

  /** A lease, or null if the version is being unloaded. */
  public @Nullable Lease tryLease() {
    return session.tryLease();
  }

  /**
   * Runs a block of rows, in batches of at most the largest size the version was warmed up with. If
   * a batch fails as a whole, its rows are run one by one, so that only the row that caused it
   * fails. The caller holds a lease and a permit of the lane.
   *
   * @return a result for each row, in the rows' order
   */
  public RowResult[] run(TensorRows rows) {
    RowResult[] results = new RowResult[rows.rows()];
    Runner runner = runners.take();
    try {
      for (int from = 0; from < results.length; from += largestBatch) {
        runBatch(runner, rows, from, Math.min(results.length, from + largestBatch), results);
      }
    } finally {
      runners.giveBack(runner);
    }
    return results;
  }

  private static void runBatch(
      Runner runner, TensorRows rows, int from, int to, RowResult[] results) {
    for (int row = from; row < to; row++) {
      runner.put(row - from, rows, row);
    }
    try {
      runner.run(to - from);
    } catch (InferenceException e) {
      if (to - from == 1) {
        results[from] = new RowResult.Failed(e);
        return;
      }
      for (int row = from; row < to; row++) {
        runBatch(runner, rows, row, row + 1, results);
      }
      return;
    }
    for (int row = from; row < to; row++) {
      results[row] = result(runner, row - from);
    }
  }

  private static RowResult result(Runner runner, int slot) {
    try {
      return new RowResult.Answered(runner.prediction(slot));
    } catch (InferenceException e) {
      return new RowResult.Failed(e);
    }
  }

  /** The batch sizes that have been warmed up. */
  List<Integer> batchSizes() {
    return session.buckets();
  }

  /** Frees the native memory, once the last lease is back. */
  @Override
  public void close() {
    session.close();
  }
}
