package io.evenkeel.inference;

import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.Outputs;
import io.evenkeel.inference.internal.OutputValues;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a row of a graph's outputs into a {@link Prediction}, as the contract's {@code outputs}
 * section says. Immutable, so thread-safe; one reader serves all runners of a version.
 */
public abstract sealed class OutputReader
    permits ClassificationReader, RegressionReader, RawReader {

  /**
   * Holds a contract's outputs against a graph's.
   *
   * @param file the contract's name, for the mistakes
   * @return null if a mistake was noted
   */
  public static @Nullable OutputReader compile(
      Outputs outputs, List<OutputTensor> graph, Mistakes mistakes, String file) {
    GraphOutputs named = new GraphOutputs(graph, mistakes, file);
    return switch (outputs) {
      case Outputs.Classification classification ->
          ClassificationReader.compile(classification, named);
      case Outputs.Regression regression -> RegressionReader.compile(regression, named);
      case Outputs.Raw raw -> RawReader.compile(raw, named);
    };
  }

  /** The outputs a run must yield. */
  abstract List<OutputTensor> requested();

  /**
   * Reads one row.
   *
   * @param values what the requested outputs said, in their order
   * @throws InferenceException if this row has no usable answer
   */
  abstract Prediction read(List<OutputValues> values, int row);
}
