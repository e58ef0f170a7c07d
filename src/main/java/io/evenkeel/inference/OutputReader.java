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
   * Where a contract declares its outputs, for the mistakes.
   *
   * @param file the contract's name
   * @param line 1-based; 0 where it declares none
   */
  public record Section(String file, int line) {}

  /**
   * Holds a contract's outputs against a graph's.
   *
   * @param section where the contract declares them
   * @return null if a mistake was noted
   */
  public static @Nullable OutputReader compile(
      Outputs outputs, List<OutputTensor> graph, Mistakes mistakes, Section section) {
    GraphOutputs named = new GraphOutputs(graph, mistakes, section);
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
