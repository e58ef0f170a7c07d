package io.evenkeel.registry;

import java.util.List;

/**
 * The part of a request's trace that runs are noted in. Only requests that are traced have one.
 * Thread-safe: a run is noted by the thread that ran it.
 */
public interface RunTrace {
  /**
   * Notes a run that several requests had part in, for all of them that are traced. It is told to
   * one of them only, before any of them goes on. Never fails.
   */
  void note(SharedRun run);

  /**
   * One run for several requests.
   *
   * @param startNanos when it began, by {@link System#nanoTime}
   * @param endNanos when it was over
   * @param requests how many had part in it, traced or not
   * @param rows how many rows they had together
   * @param traced those of them that are traced, at least one
   */
  record SharedRun(long startNanos, long endNanos, int requests, int rows, List<RunTrace> traced) {
    public SharedRun {
      traced = List.copyOf(traced);
    }
  }
}
