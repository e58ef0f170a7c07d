package io.evenkeel.cli.draft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Quantile bins of a column of numbers, as the training scripts make them: bin i holds {@code
 * edges[i-1] <= x < edges[i]}, the outer ones are open. Edges are values that occur, ties merged
 * and the smallest value left out, so that no bin is empty. Not thread-safe.
 */
final class Bins {
  private static final int COUNT = 15;

  private final double[] edges;
  private final long[] counts;
  private long total;

  private Bins(double[] edges) {
    this.edges = edges;
    this.counts = new long[edges.length + 1];
  }

  /**
   * Empty bins.
   *
   * @param sorted a sample of the numbers, ascending
   * @param min the smallest of all numbers
   */
  static Bins over(double[] sorted, double min) {
    double[] edges = new double[COUNT - 1];
    for (int i = 1; i < COUNT && sorted.length > 0; i++) {
      int place = (int) Math.ceil((double) i / COUNT * sorted.length) - 1;
      edges[i - 1] = sorted[Math.max(0, place)];
    }
    return new Bins(
        Arrays.stream(edges).filter(edge -> sorted.length > 0 && edge > min).distinct().toArray());
  }

  void add(double value) {
    int place = Arrays.binarySearch(edges, value);
    counts[place < 0 ? -place - 1 : place + 1]++;
    total++;
  }

  /** The sketch of a numeric column, as {@code reference.json} has it. */
  Map<String, Object> sketch(Moments moments, double shareMissing) {
    List<Double> probabilities = new ArrayList<>();
    for (long count : counts) {
      // Without any value there is one bin, and it would hold whatever came.
      probabilities.add(total == 0 ? 1.0 : (double) count / total);
    }
    Map<String, Object> sketch = new LinkedHashMap<>();
    sketch.put("kind", "numeric");
    sketch.put("missing", shareMissing);
    sketch.put("edges", Arrays.stream(edges).boxed().toList());
    sketch.put("probabilities", probabilities);
    sketch.put("mean", moments.mean());
    sketch.put("std", moments.deviation());
    sketch.put("min", moments.count() == 0 ? 0.0 : moments.min());
    sketch.put("max", moments.count() == 0 ? 0.0 : moments.max());
    return sketch;
  }
}
