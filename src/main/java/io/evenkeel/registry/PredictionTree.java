package io.evenkeel.registry;

import io.evenkeel.inference.Numbers;
import io.evenkeel.inference.Precision;
import io.evenkeel.inference.Prediction;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A prediction as the values of a JSON document, in the shape of a golden example. */
public final class PredictionTree {
  private PredictionTree() {}

  /** Maps, lists, texts and numbers; a number that isn't finite is null. */
  public static Map<String, @Nullable Object> of(Prediction prediction) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    switch (prediction) {
      case Prediction.Classification found -> {
        Map<String, @Nullable Object> probabilities = new LinkedHashMap<>();
        Numbers numbers = found.probabilities();
        for (int i = 0; i < found.labels().size(); i++) {
          probabilities.put(found.labels().get(i), number(numbers.get(i), numbers.precision()));
        }
        tree.put("label", found.label());
        tree.put("probabilities", probabilities);
        tree.put("confidence", number(found.confidence(), numbers.precision()));
      }
      case Prediction.Regression found ->
          tree.put("value", number(found.value(), found.precision()));
      case Prediction.Raw found -> tree.put("outputs", found.outputs());
    }
    return tree;
  }

  /** A number with no more digits than its precision has. */
  public static @Nullable Number number(double value, Precision precision) {
    if (!Double.isFinite(value)) {
      return null;
    }
    return switch (precision) {
      case SINGLE -> (Number) (float) value;
      case DOUBLE -> value;
    };
  }
}
