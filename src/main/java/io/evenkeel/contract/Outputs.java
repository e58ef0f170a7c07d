package io.evenkeel.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a graph's outputs mean, as the contract's {@code outputs} section says. */
public sealed interface Outputs {
  NonFinite nonFinite();

  /** What a NaN or an infinity in an output does. */
  enum NonFinite {
    /** The row fails as a model failure. */
    REJECT,
    /** The answer carries null in its place. */
    NULL
  }

  /** A function from the scores in the graph's output to probabilities. */
  enum Activation {
    NONE,
    SOFTMAX,
    SIGMOID
  }

  /**
   * One of several classes.
   *
   * @param probabilities the output with the probabilities
   * @param labels the classes' names, in the order of the columns
   * @param label the output with the predicted class; null where the most probable class is the
   *     label
   */
  record Classification(
      String probabilities,
      Activation activation,
      List<String> labels,
      @Nullable String label,
      NonFinite nonFinite)
      implements Outputs {
    public Classification {
      labels = List.copyOf(labels);
    }
  }

  /** One number, from the output {@code value}. */
  record Regression(String value, NonFinite nonFinite) implements Outputs {}

  /** All outputs, by their names. */
  record Raw(NonFinite nonFinite) implements Outputs {}
}
