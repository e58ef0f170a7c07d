package io.evenkeel.admission;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** Takes part in a test: each run waits until the test lets it go, or until it is terminated. */
final class HeldExecutor implements Executor<TestTicket> {
  final List<List<String>> runs = new CopyOnWriteArrayList<>();
  private final Semaphore leave = new Semaphore(0);
  private volatile boolean broken;
  private volatile long terminated = -1;

  /** Lets so many runs go. */
  void release(int count) {
    leave.release(count);
  }

  /** From now on runs throw. */
  void breakDown() {
    broken = true;
  }

  @Override
  public Health run(List<TestTicket> batch) {
    runs.add(batch.stream().map(ticket -> ticket.name).toList());
    leave.acquireUninterruptibly();
    if (broken) {
      throw new IllegalStateException("broken for the test");
    }
    return terminated == runs.size() ? Health.TERMINATED : Health.SOUND;
  }

  @Override
  public long runNumber() {
    return runs.size() + 1L;
  }

  @Override
  public void terminate(long runNumber) {
    if (terminated != runNumber) {
      terminated = runNumber;
      leave.release();
    }
  }
}
