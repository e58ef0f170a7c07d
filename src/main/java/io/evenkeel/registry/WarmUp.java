package io.evenkeel.registry;

import io.evenkeel.preprocess.TensorRows;
import java.time.Duration;
import java.util.List;

/**
 * Runs each batch size before a version serves: the first run of a new shape is slow, and our own
 * code around it wants to be compiled. Bounded in time, so that a slow model doesn't hold up the
 * others.
 */
final class WarmUp {
  private static final Duration LONGEST = Duration.ofMillis(300);
  private static final int MOST_ROUNDS = 200;

  private WarmUp() {}

  /**
   * Runs at least one batch of each size.
   *
   * @param examples preprocessed rows to run, at least one
   */
  static void run(Servable servable, List<TensorRows> examples) {
    long end = System.nanoTime() + LONGEST.toNanos();
    for (int round = 0;
        round < MOST_ROUNDS && (round == 0 || System.nanoTime() - end < 0);
        round++) {
      for (int size : servable.batchSizes()) {
        servable.run(examples.get(round % examples.size()).repeated(size));
      }
    }
  }
}
