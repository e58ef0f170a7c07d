package io.evenkeel.serving.shadow;

import io.evenkeel.serving.shadow.ShadowReport.LabelPair;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often which label met which: a confusion matrix of the pairs that came first, up to a bound.
 * Not thread-safe.
 */
final class LabelPairs {
  /** All pairs of twenty labels. */
  static final int MOST_PAIRS = 400;

  private final Map<Pair, Long> pairs = new HashMap<>();
  private long unlisted;

  private record Pair(@Nullable String stable, @Nullable String candidate) {}

  void add(@Nullable String stable, @Nullable String candidate) {
    Pair pair = new Pair(stable, candidate);
    if (pairs.size() < MOST_PAIRS || pairs.containsKey(pair)) {
      pairs.merge(pair, 1L, Long::sum);
    } else {
      unlisted++;
    }
  }

  /** The most frequent first. */
  List<LabelPair> list() {
    return pairs.entrySet().stream()
        .map(entry ->
            new LabelPair(entry.getKey().stable(), entry.getKey().candidate(), entry.getValue()))
        .sorted(
            Comparator.comparingLong(LabelPair::rows)
                .reversed()
                .thenComparing(pair -> String.valueOf(pair.stable()))
                .thenComparing(pair -> String.valueOf(pair.candidate())))
        .toList();
  }

  /** How many rows had pairs beyond the bound. */
  long unlisted() {
    return unlisted;
  }
}
