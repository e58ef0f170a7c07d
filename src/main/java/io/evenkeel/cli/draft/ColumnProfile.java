package io.evenkeel.cli.draft;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a pass over the data learns about one column, in bounded memory. Not thread-safe.
 *
 * <p>Up to {@value #MOST_TEXTS} different texts are counted, and a sample of the numbers is kept
 * for their quantiles.
 */
final class ColumnProfile {
  private static final int MOST_TEXTS = 10_000;

  /** A column of numbers has no use for its texts; only a code of few values has. */
  private static final int MOST_NUMBERS_AS_TEXTS = 200;

  private final Map<String, Long> texts = new HashMap<>();
  private final Moments moments = new Moments();
  private final Reservoir<Double> sample;
  private @Nullable CellKind kind;
  private boolean allTextsCounted = true;
  private long rows;
  private long missing;

  /**
   * @param sampleSize how many numbers are kept
   */
  ColumnProfile(int sampleSize) {
    this.sample = new Reservoir<>(sampleSize);
  }

  void add(@Nullable String cell) {
    rows++;
    if (cell == null) {
      missing++;
      return;
    }
    CellKind found = CellKind.of(cell);
    kind = kind == null ? found : kind.with(found);
    count(cell, found == CellKind.TEXT ? MOST_TEXTS : MOST_NUMBERS_AS_TEXTS);
    if (found != CellKind.TEXT) {
      double number = found.number(cell);
      moments.add(number);
      sample.add(number);
    }
  }

  private void count(String cell, int most) {
    Long before = texts.get(cell);
    if (before != null) {
      texts.put(cell, before + 1);
    } else if (texts.size() < most) {
      texts.put(cell, 1L);
    } else {
      allTextsCounted = false;
    }
  }

  /** What all cells are; a number where there is none. */
  CellKind kind() {
    return kind == null ? CellKind.NUMBER : kind;
  }

  boolean hasMissing() {
    return missing > 0;
  }

  double shareMissing() {
    return rows == 0 ? 0 : (double) missing / rows;
  }

  long present() {
    return rows - missing;
  }

  Moments moments() {
    return moments;
  }

  /** Numbers of the column, ascending: all of them, or an even sample. */
  double[] sortedSample() {
    return sample.kept().stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  /** The different cells, in the order of their code points; null if there are too many. */
  @Nullable List<String> distinct() {
    return allTextsCounted ? texts.keySet().stream().sorted().toList() : null;
  }

  /** The most frequent cells first; ties in the order of their code points. */
  Stream<String> byFrequency() {
    return texts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey);
  }

  long count(String cell) {
    return texts.getOrDefault(cell, 0L);
  }
}
