package io.evenkeel.inference;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A thread whose task is a native run, which gives no sign of having begun but the CPU it uses. */
final class RunningThread {
  private static final long BUSY_NANOS = 15_000_000;

  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final Thread thread;

  private RunningThread(Runnable task) {
    thread =
        Thread.ofPlatform()
            .unstarted(() -> {
              try {
                task.run();
              } catch (RuntimeException e) {
                failure.set(e);
              }
            });
  }

  static RunningThread start(Runnable task) {
    RunningThread running = new RunningThread(task);
    running.thread.start();
    return running;
  }

  /** Returns once the task has used so much CPU that it must be well within its run. */
  void awaitWork() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    while (thread.isAlive() && threads.getThreadCpuTime(thread.threadId()) < BUSY_NANOS) {
      Thread.onSpinWait();
    }
  }

  /** Waits for the end, and says how the task failed, if it did. */
  @Nullable RuntimeException failure() throws InterruptedException {
    thread.join();
    return failure.get();
  }
}
