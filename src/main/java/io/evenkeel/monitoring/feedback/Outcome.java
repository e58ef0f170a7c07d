package io.evenkeel.monitoring.feedback;

/** What came true. */
public sealed interface Outcome {
  /** One of the model's labels. */
  record Label(String label) implements Outcome {}

  /** A number, finite. */
  record Value(double value) implements Outcome {
    public Value {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("outcome " + value + " isn't finite");
      }
    }
  }
}
