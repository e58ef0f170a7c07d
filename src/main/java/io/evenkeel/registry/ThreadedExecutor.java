package io.evenkeel.registry;

import io.evenkeel.admission.Executor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs batches on a platform thread of its own while the caller waits. A run holds on to whatever
 * platform thread it is on, and if that carries virtual threads, requests that are only to be read
 * or refused wait behind it. For runs of milliseconds that matters, and the two changes of thread
 * don't.
 *
 * <p>For one caller at a time.
 */
final class ThreadedExecutor implements Executor<RowsTicket>, AutoCloseable {
  private final Executor<RowsTicket> executor;
  private final ExecutorService thread;

  /**
   * @param name for the thread
   * @param executor does the work
   */
  ThreadedExecutor(String name, Executor<RowsTicket> executor) {
    this.executor = executor;
    this.thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).daemon().factory());
  }

  @Override
  public Health run(List<RowsTicket> batch) {
    return CompletableFuture.supplyAsync(() -> executor.run(batch), thread).join();
  }

  @Override
  public long runNumber() {
    return executor.runNumber();
  }

  @Override
  public void terminate(long runNumber) {
    executor.terminate(runNumber);
  }

  /** Ends the thread, once a run in progress is over. */
  @Override
  public void close() {
    thread.shutdown();
  }
}
