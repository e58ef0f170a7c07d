package io.evenkeel.inference;

import java.util.List;
import java.util.stream.Stream;

/**
 * How a session uses the machine. Immutable.
 *
 * @param intraOpThreads threads that share the work of one operator, the caller's included
 * @param slots how many runs the session is meant to have in progress at once
 * @param buckets the batch sizes that are run, ascending; a batch in between is padded. Each size
 *     costs a warm-up, and the native arena keeps the largest one's memory
 */
public record SessionSettings(int intraOpThreads, int slots, List<Integer> buckets) {
  private static final long SMALL_MODEL_BYTES = 20_000_000;
  private static final int MOST_INTRA_OP_THREADS = 8;

  /**
   * A lone row runs in a batch of two: the library can have another kernel for a single row, whose
   * last bits differ (measured on a logistic regression: 73 of 128 rows, by up to 1.2e-7), while
   * all larger sizes agree bit for bit. It costs a small model at most a microsecond, and a batch
   * then answers exactly what its rows would alone. Whoever has seen that a graph answers a single
   * row the same goes without ({@link #withLoneRows}).
   */
  private static final List<Integer> SMALL_MODEL_BUCKETS = List.of(2, 4, 8, 16, 32);

  private static final List<Integer> LARGE_MODEL_BUCKETS = List.of(1, 2, 4, 8, 16, 32, 64, 128);

  public SessionSettings {
    buckets = List.copyOf(buckets);
    if (intraOpThreads < 1 || slots < 1) {
      throw new IllegalArgumentException(
          "intraOpThreads " + intraOpThreads + " and slots " + slots + " must be at least 1");
    }
    if (buckets.isEmpty() || buckets.getFirst() < 1 || !ascending(buckets)) {
      throw new IllegalArgumentException("buckets must be positive and ascending: " + buckets);
    }
  }

  /** Whether a lone row is run together with a copy of itself. */
  public boolean pairsLoneRows() {
    return buckets.getFirst() > 1;
  }

  /** The same, except that a lone row runs alone. */
  public SessionSettings withLoneRows() {
    return pairsLoneRows()
        ? new SessionSettings(
            intraOpThreads, slots, Stream.concat(Stream.of(1), buckets.stream()).toList())
        : this;
  }

  private static boolean ascending(List<Integer> buckets) {
    for (int i = 1; i < buckets.size(); i++) {
      if (buckets.get(i - 1) >= buckets.get(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Chooses settings for a model.
   *
   * <p>A small model's run is shorter than waking a second thread, so it gets one thread a run and
   * as many runs at once as there are processors: measured on 2 cores, more runs than that only
   * queue inside the library, where nothing can refuse them. A large model's operators are worth
   * sharing out; beyond eight threads the gain is slight, so more processors become more slots.
   *
   * @param modelBytes the size of the graph with its external data
   * @param processors {@link Runtime#availableProcessors}, which heeds a CPU quota; the native
   *     library's own default doesn't
   */
  public static SessionSettings choose(long modelBytes, int processors) {
    if (modelBytes < SMALL_MODEL_BYTES) {
      return new SessionSettings(1, processors, SMALL_MODEL_BUCKETS);
    }
    int threads = Math.min(processors, MOST_INTRA_OP_THREADS);
    return new SessionSettings(threads, processors / threads, LARGE_MODEL_BUCKETS);
  }
}
