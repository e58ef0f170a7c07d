package io.evenkeel.registry;

import io.evenkeel.inference.InferenceException;
import io.evenkeel.inference.Prediction;

/** What the model made of one row. */
public sealed interface RowResult {
  /** It answered. */
  record Answered(Prediction prediction) implements RowResult {}

  /** It failed on this row. */
  record Failed(InferenceException cause) implements RowResult {}
}
