package io.evenkeel.explain;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.RowBuilder;
import io.evenkeel.contract.UnknownCategory;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.monitoring.Sketch;
import java.util.Map;

/**
 * The row that explanations start from: the middle of the training data, feature by feature. Of
 * numbers and times it is the largest edge of the sketch that half of the values reach (for values
 * that are often the same it is their median; else it is up to one bin below it), of texts and
 * booleans the most frequent one, of a tensor the mean of each element. A feature that never had a
 * value is missing.
 *
 * <p>No rule is asked of it: the middles of single features needn't go together.
 */
final class Baseline {
  private Baseline() {}

  /** The row, by a reference that fits the contract. */
  static Row of(Contract contract, Reference reference) {
    RowBuilder row = new RowBuilder(contract);
    for (int i = 0; i < contract.features().size(); i++) {
      Feature feature = contract.features().get(i);
      Sketch sketch = reference.features().get(feature.name());
      if (sketch == null) {
        throw new IllegalArgumentException("no sketch of `" + feature.name() + "`");
      }
      if (sketch.missing() < 1) {
        put(row, i, feature, sketch);
      }
    }
    return row.build();
  }

  private static void put(RowBuilder row, int index, Feature feature, Sketch sketch) {
    switch (sketch) {
      case Sketch.Numeric numbers -> row.put(index, feature.bounds().clamp(middle(numbers)));
      case Sketch.Categorical texts -> putText(row, index, feature, texts);
      case Sketch.Tensor tensor ->
          row.put(index, tensor.mean().stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  static double middle(Sketch.Numeric numbers) {
    double below = 0;
    int bin = 0;
    for (; bin < numbers.edges().size(); bin++) {
      below += numbers.probabilities().get(bin);
      if (below >= 0.5) {
        break;
      }
    }
    return bin == 0 ? numbers.min() : numbers.edges().get(bin - 1);
  }

  private static void putText(
      RowBuilder row, int index, Feature feature, Sketch.Categorical texts) {
    texts.categories().entrySet().stream()
        .filter(text -> isAllowed(text.getKey(), feature))
        // Of equally frequent ones the first.
        .reduce((first, second) -> second.getValue() > first.getValue() ? second : first)
        .map(Map.Entry::getKey)
        .ifPresent(text -> {
          if (feature.type().isText()) {
            row.put(index, text);
          } else {
            row.put(index, text.equals("true") ? 1 : 0);
          }
        });
  }

  private static boolean isAllowed(String text, Feature feature) {
    return feature.text().values().isEmpty()
        || feature.text().values().contains(text)
        || feature.text().unknown() == UnknownCategory.OTHER;
  }
}
