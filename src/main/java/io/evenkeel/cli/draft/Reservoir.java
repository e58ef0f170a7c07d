package io.evenkeel.cli.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An even sample of items that come one after the other, bounded in size (Vitter's algorithm R).
 * The same items give the same sample. Not thread-safe.
 */
final class Reservoir<T> {
  private final int size;
  private final List<T> kept = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(1);
  private long seen;

  Reservoir(int size) {
    this.size = size;
  }

  void add(T item) {
    seen++;
    if (kept.size() < size) {
      kept.add(item);
      return;
    }
    long place = random.nextLong(seen);
    if (place < size) {
      kept.set((int) place, item);
    }
  }

  /** What was kept, in no order. */
  List<T> kept() {
    return kept;
  }

  boolean isWhole() {
    return seen == kept.size();
  }
}
