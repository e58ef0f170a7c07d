package io.evenkeel.registry;

import io.evenkeel.admission.ServiceTimes;
import io.evenkeel.preprocess.TensorRows;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Runs each batch size before a version serves: the first run of a new shape is slow, our own code
 * around it wants to be compiled, and the lane needs to know how long runs take. Bounded in time,
 * so that a slow model doesn't hold up the others.
 */
final class WarmUp {
  private static final Duration LONGEST = Duration.ofMillis(300);
  private static final int MOST_ROUNDS = 200;

  /** Of a model whose rounds are long, a few more: which sizes are worth it is decided by them. */
  private static final Duration LONGEST_OF_FEW = Duration.ofMillis(1500);

  private static final int FEW_ROUNDS = 6;
  private static final int PROBES = 3;

  /** From here on, a copy run beside a lone row would be felt. */
  private static final long LONG_RUN_NANOS = 200_000;

  private WarmUp() {}

  /** Whether a single row takes so long that it matters what else is run with it. */
  static boolean takesLong(Engine engine, List<TensorRows> examples) {
    // The examples were run before, so this is not the slow first run.
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < PROBES; i++) {
      long start = System.nanoTime();
      engine.run(examples.getFirst());
      shortest = Math.min(shortest, System.nanoTime() - start);
    }
    return shortest > LONG_RUN_NANOS;
  }

  /**
   * Runs at least two batches of each size: the first is always slow.
   *
   * @param examples preprocessed rows to run, at least one
   * @return how long a run of each size takes, by the shortest of what was measured: whatever else
   *     the machine does while it starts makes runs longer, never shorter
   */
  static ServiceTimes run(Engine engine, List<TensorRows> examples) {
    List<Integer> sizes = engine.session().buckets();
    long[][] nanos = new long[sizes.size()][MOST_ROUNDS];
    long begun = System.nanoTime();
    int rounds = 0;
    while (goesOn(rounds, System.nanoTime() - begun)) {
      TensorRows example = examples.get(rounds % examples.size());
      for (int i = 0; i < sizes.size(); i++) {
        TensorRows batch = example.repeated(sizes.get(i));
        long start = System.nanoTime();
        engine.run(batch);
        nanos[i][rounds] = System.nanoTime() - start;
      }
      rounds++;
    }
    int measured = rounds;
    return new ServiceTimes(
        sizes.stream().mapToInt(Integer::intValue).toArray(),
        Arrays.stream(nanos).mapToLong(ofSize -> shortest(ofSize, measured)).toArray());
  }

  static boolean goesOn(int rounds, long nanos) {
    return rounds < 2
        || (rounds < FEW_ROUNDS && nanos < LONGEST_OF_FEW.toNanos())
        || (rounds < MOST_ROUNDS && nanos < LONGEST.toNanos());
  }

  private static long shortest(long[] nanos, int rounds) {
    return Arrays.stream(nanos, 0, rounds).min().orElseThrow();
  }
}
