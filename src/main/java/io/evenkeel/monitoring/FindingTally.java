package io.evenkeel.monitoring;

import io.evenkeel.monitoring.ValidationReport.Example;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** In how many rows something was found, and the last few of them. Thread-safe. */
final class FindingTally {
  private static final int EXAMPLES = 3;

  private final WindowedCount rows = new WindowedCount(1);
  private final AtomicReferenceArray<Example> examples = new AtomicReferenceArray<>(EXAMPLES);
  private final AtomicInteger next = new AtomicInteger();

  void count(long tick) {
    rows.add(tick, 1);
  }

  void keep(Example example) {
    examples.set(Math.floorMod(next.getAndIncrement(), EXAMPLES), example);
  }

  long sum(long last, int buckets) {
    return rows.sum(last, buckets);
  }

  /** The examples of the last day, the newest first. */
  List<Example> examples(long tick) {
    List<Example> found = new ArrayList<>();
    for (int i = 0; i < EXAMPLES; i++) {
      Example example = examples.get(i);
      if (example != null
          && WindowedCount.tick(example.at().toEpochMilli()) > tick - WindowedCount.DAY) {
        found.add(example);
      }
    }
    found.sort(Comparator.comparing(Example::at).reversed());
    return found;
  }
}
