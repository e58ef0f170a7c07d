package io.evenkeel.registry;

import io.evenkeel.inference.Runner;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The runners of a version, one for each run its lane allows at once. A caller who holds a permit
 * finds one without waiting, also while the version is being unloaded: the session closes its
 * runners itself, after the last lease is back. Thread-safe.
 */
final class RunnerPool {
  private final BlockingQueue<Runner> idle;

  RunnerPool(List<Runner> runners) {
    this.idle = new ArrayBlockingQueue<>(runners.size(), false, runners);
  }

  Runner take() {
    Runner runner = idle.poll();
    if (runner == null) {
      throw new IllegalStateException("more runs than the lane has permits for");
    }
    return runner;
  }

  void giveBack(Runner runner) {
    idle.add(runner);
  }
}
