package io.evenkeel.inference;

import io.evenkeel.contract.Degradation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model's answer for one row. Immutable, independent of the runner it came from, thread-safe.
 *
 * <p>Where the contract says {@code nonFinite: null}, a number may be NaN or infinite; whoever
 * writes the answer shows null in its place. Otherwise all numbers are finite.
 */
public sealed interface Prediction {

  /** The answer a contract states. */
  static Prediction stated(Degradation.Default stated) {
    return switch (stated) {
      case Degradation.DefaultClass found ->
          new Classification(
              found.labels(),
              Numbers.wrap(
                  found.probabilities().stream().mapToDouble(Double::doubleValue).toArray(),
                  Precision.DOUBLE),
              found.winner());
      case Degradation.DefaultValue found -> new Regression(found.value(), Precision.DOUBLE);
    };
  }

  /**
   * One of several classes.
   *
   * @param labels the classes' names; shared by all predictions of a model
   * @param probabilities one for each label, in the same order
   * @param winner the index of the predicted label; -1 where none can be told because no
   *     probability is a number
   */
  record Classification(List<String> labels, Numbers probabilities, int winner)
      implements Prediction {
    public Classification {
      labels = List.copyOf(labels);
      if (probabilities.size() != labels.size() || winner < -1 || winner >= labels.size()) {
        throw new IllegalArgumentException(
            probabilities.size()
                + " probabilities, "
                + labels.size()
                + " labels, winner "
                + winner);
      }
    }

    /** The predicted class; null where none can be told. */
    public @Nullable String label() {
      return winner < 0 ? null : labels.get(winner);
    }

    /** The probability of the predicted class; NaN where none can be told. */
    public double confidence() {
      return winner < 0 ? Double.NaN : probabilities.get(winner);
    }
  }

  /** One number. */
  record Regression(double value, Precision precision) implements Prediction {}

  /**
   * All outputs, by their names, in the graph's order. A value is a Float, Double, Long, Boolean or
   * String, or a list or map of such, nested in the output's shape.
   */
  record Raw(Map<String, Object> outputs) implements Prediction {
    public Raw {
      outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }
  }
}
