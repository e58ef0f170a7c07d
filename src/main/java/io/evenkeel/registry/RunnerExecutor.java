package io.evenkeel.registry;

import io.evenkeel.admission.Executor;
import io.evenkeel.inference.InferenceException;
import io.evenkeel.inference.Runner;
import java.util.List;

/**
 * Runs the lane's batches with one runner. If a batch fails as a whole, its rows are run one by
 * one, so that only the row that caused it fails.
 */
final class RunnerExecutor implements Executor<RowsTicket> {
  private final Runner runner;

  RunnerExecutor(Runner runner) {
    this.runner = runner;
  }

  @Override
  public Health run(List<RowsTicket> batch) {
    int count = 0;
    for (RowsTicket ticket : batch) {
      for (int row = ticket.from(); row < ticket.to(); row++) {
        runner.put(count++, ticket.block(), row);
      }
    }
    try {
      runner.run(count);
    } catch (InferenceException failure) {
      return count == 1 || failure.terminated() ? failed(batch, failure) : runOneByOne(batch);
    }
    return read(batch);
  }

  private Health read(List<RowsTicket> batch) {
    int slot = 0;
    boolean sound = true;
    for (RowsTicket ticket : batch) {
      for (int row = ticket.from(); row < ticket.to(); row++) {
        RowResult result = result(slot++);
        ticket.result(row, result);
        sound &= result instanceof RowResult.Answered;
      }
    }
    return sound ? Health.SOUND : slot == 1 ? Health.FAILED : Health.PARTIAL;
  }

  private RowResult result(int slot) {
    try {
      return new RowResult.Answered(runner.prediction(slot));
    } catch (InferenceException e) {
      return new RowResult.Failed(e);
    }
  }

  private static Health failed(List<RowsTicket> batch, InferenceException failure) {
    RowResult result = new RowResult.Failed(failure);
    for (RowsTicket ticket : batch) {
      for (int row = ticket.from(); row < ticket.to(); row++) {
        ticket.result(row, result);
      }
    }
    return failure.terminated() ? Health.TERMINATED : Health.FAILED;
  }

  private Health runOneByOne(List<RowsTicket> batch) {
    boolean someWorked = false;
    for (RowsTicket ticket : batch) {
      for (int row = ticket.from(); row < ticket.to() && ticket.isWanted(); row++) {
        RowResult result = runAlone(ticket, row);
        ticket.result(row, result);
        someWorked |= result instanceof RowResult.Answered;
      }
    }
    return someWorked ? Health.PARTIAL : Health.FAILED;
  }

  private RowResult runAlone(RowsTicket ticket, int row) {
    runner.put(0, ticket.block(), row);
    try {
      runner.run(1);
    } catch (InferenceException e) {
      return new RowResult.Failed(e);
    }
    return result(0);
  }

  @Override
  public long runNumber() {
    return runner.runNumber();
  }

  @Override
  public void terminate(long runNumber) {
    runner.terminate(runNumber);
  }
}
