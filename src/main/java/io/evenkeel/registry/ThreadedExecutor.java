package io.evenkeel.registry;

import io.evenkeel.admission.Executor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs batches on a platform thread of its own while the caller waits. A run holds on to whatever
 * platform thread it is on, and if that carries virtual threads, requests that are only to be read
 * or refused wait behind it. For runs of milliseconds that matters, and the two changes of thread
 * don't.
 *
 * <p>The thread ends when it has had nothing to do for a while, so there is nothing to close. For
 * one caller at a time.
 */
final class ThreadedExecutor implements Executor<RowsTicket> {
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final Executor<RowsTicket> executor;
  private final ThreadPoolExecutor thread;

  /**
   * @param name for the thread
   * @param executor does the work
   */
  ThreadedExecutor(String name, Executor<RowsTicket> executor) {
    this.executor = executor;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name(name).daemon().factory());
    thread.allowCoreThreadTimeOut(true);
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
}
