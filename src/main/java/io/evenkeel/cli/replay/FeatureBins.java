package io.evenkeel.cli.replay;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.Row;
import io.evenkeel.monitoring.Sketch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the values of one feature into a few bins: those of the reference, or of the first rows;
 * texts by themselves; tensors by their mean. One more bin is for missing values, and for texts one
 * for all others. Immutable.
 */
final class FeatureBins {
  private static final int FROM_ROWS = 15;
  private static final int MOST_TEXTS = 20;

  private final Feature feature;
  private final int index;
  private final int slot;
  private final double[] edges;
  private final Map<String, Integer> texts;

  private FeatureBins(Contract contract, int index, double[] edges, Map<String, Integer> texts) {
    this.feature = contract.features().get(index);
    this.index = index;
    this.slot = contract.slot(index);
    this.edges = edges;
    this.texts = texts;
  }

  /**
   * Chooses the bins.
   *
   * @param sketch the feature's part of a reference; null where there is none
   * @param first the first rows, for a feature without it
   */
  static FeatureBins of(Contract contract, int index, @Nullable Sketch sketch, List<Row> first) {
    boolean text = contract.features().get(index).type().isText();
    return switch (sketch) {
      case Sketch.Numeric numeric when !text -> ofNumbers(contract, index, numeric);
      case Sketch.Tensor tensor when !text -> ofNumbers(contract, index, tensor.overall());
      case Sketch.Categorical categories when text ->
          ofTexts(contract, index, List.copyOf(categories.categories().keySet()));
      case null, default ->
          text ? textsOf(contract, index, first) : edgesOf(contract, index, first);
    };
  }

  private static FeatureBins ofNumbers(Contract contract, int index, Sketch.Numeric sketch) {
    double[] edges = sketch.edges().stream().mapToDouble(Double::doubleValue).toArray();
    return new FeatureBins(contract, index, edges, Map.of());
  }

  private static FeatureBins ofTexts(Contract contract, int index, List<String> values) {
    Map<String, Integer> positions = new HashMap<>();
    values.forEach(value -> positions.put(value, positions.size()));
    return new FeatureBins(contract, index, new double[0], positions);
  }

  private static FeatureBins textsOf(Contract contract, int index, List<Row> first) {
    List<String> allowed = contract.features().get(index).text().values();
    if (!allowed.isEmpty() && allowed.size() <= MOST_TEXTS) {
      return ofTexts(contract, index, allowed);
    }
    Map<String, Integer> counts = new TreeMap<>();
    for (Row row : first) {
      String text = row.text(index);
      if (text != null) {
        counts.merge(text, 1, Integer::sum);
      }
    }
    List<String> frequent =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(MOST_TEXTS)
            .map(Map.Entry::getKey)
            .toList();
    return ofTexts(contract, index, frequent);
  }

  private static FeatureBins edgesOf(Contract contract, int index, List<Row> first) {
    FeatureBins whole = new FeatureBins(contract, index, new double[0], Map.of());
    double[] sorted =
        first.stream()
            .filter(row -> !row.isMissing(index))
            .mapToDouble(whole::number)
            .sorted()
            .toArray();
    List<Double> edges = new ArrayList<>();
    for (int i = 1; i < FROM_ROWS && sorted.length > 0; i++) {
      double edge = sorted[(int) ((long) i * sorted.length / FROM_ROWS)];
      if (edge > (edges.isEmpty() ? sorted[0] : edges.getLast())) {
        edges.add(edge);
      }
    }
    return new FeatureBins(
        contract, index, edges.stream().mapToDouble(Double::doubleValue).toArray(), Map.of());
  }

  private boolean isText() {
    return feature.type().isText();
  }

  /** How many bins there are, with those for missing and other values. */
  int count() {
    return (isText() ? texts.size() + 1 : edges.length + 1) + 1;
  }

  int bin(Row row) {
    if (row.isMissing(index)) {
      return count() - 1;
    }
    if (isText()) {
      return texts.getOrDefault(Objects.requireNonNullElse(row.text(index), ""), texts.size());
    }
    double value = number(row);
    int bin = 0;
    while (bin < edges.length && edges[bin] <= value) {
      bin++;
    }
    return bin;
  }

  private double number(Row row) {
    if (feature.tensor() == null) {
      return row.number(slot);
    }
    int size = feature.tensor().size();
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += row.number(slot + i);
    }
    return sum / size;
  }

  /**
   * A bin in words; of a sensitive feature only its position, as edges are values that occurred.
   */
  String name(int bin) {
    if (bin == count() - 1) {
      return "missing";
    }
    if (isText()) {
      if (bin == texts.size()) {
        return "other";
      }
      return feature.sensitive()
          ? "value " + (bin + 1)
          : texts.entrySet().stream()
              .filter(entry -> entry.getValue() == bin)
              .map(Map.Entry::getKey)
              .findFirst()
              .orElseThrow();
    }
    if (edges.length == 0) {
      return "any";
    }
    if (feature.sensitive()) {
      return "bin " + (bin + 1);
    }
    return bin < edges.length ? "< " + written(edges[bin]) : ">= " + written(edges[bin - 1]);
  }

  private String written(double edge) {
    return feature.tensor() == null ? feature.type().written(edge) : Figures.number(edge);
  }
}
