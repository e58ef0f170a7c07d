package io.evenkeel.cli.draft;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a pass over the data learns about columns that are the elements of one tensor. */
final class TensorProfile {
  private final Moments[] elements;
  private final Moments overall = new Moments();
  private final Reservoir<Double> sample;
  private boolean whole = true;

  TensorProfile(int size, int sampleSize) {
    this.sample = new Reservoir<>(sampleSize);
    this.elements = new Moments[size];
    for (int i = 0; i < size; i++) {
      elements[i] = new Moments();
    }
  }

  /**
   * Adds a row's elements.
   *
   * @param columns where they stand
   * @return the position of an element that is no number; null if all are
   */
  @Nullable Integer add(@Nullable String[] cells, List<Integer> columns) {
    double sum = 0;
    for (int i = 0; i < elements.length; i++) {
      String cell = cells[columns.get(i)];
      CellKind kind = cell == null ? CellKind.TEXT : CellKind.of(cell);
      if (kind == CellKind.TEXT || cell == null) {
        return i;
      }
      double value = kind.number(cell);
      whole &= kind != CellKind.NUMBER;
      elements[i].add(value);
      sum += value;
    }
    double mean = sum / elements.length;
    overall.add(mean);
    sample.add(mean);
    return null;
  }

  /** Whether all elements are written as whole numbers. */
  boolean isWhole() {
    return whole;
  }

  double min() {
    double min = Double.POSITIVE_INFINITY;
    for (Moments element : elements) {
      min = Math.min(min, element.min());
    }
    return min;
  }

  double max() {
    double max = Double.NEGATIVE_INFINITY;
    for (Moments element : elements) {
      max = Math.max(max, element.max());
    }
    return max;
  }

  List<Double> means() {
    List<Double> means = new ArrayList<>();
    for (Moments element : elements) {
      means.add(element.mean());
    }
    return means;
  }

  List<Double> deviations() {
    List<Double> deviations = new ArrayList<>();
    for (Moments element : elements) {
      deviations.add(element.deviation());
    }
    return deviations;
  }

  /** Of the rows' means. */
  Moments overall() {
    return overall;
  }

  double[] sortedSample() {
    return sample.kept().stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }
}
