package io.evenkeel.inference;

import static io.evenkeel.inference.OutputTensor.UNKNOWN;

import io.evenkeel.contract.Outputs;
import io.evenkeel.inference.OutputTensor.Kind;
import io.evenkeel.inference.internal.MapValues;
import io.evenkeel.inference.internal.OutputValues;
import io.evenkeel.inference.internal.TensorValues;
import io.evenkeel.inference.internal.TextValues;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the probabilities of a row's classes, and the label: from the graph if the contract names
 * an output for it, else the most probable class. Immutable.
 */
final class ClassificationReader extends OutputReader {
  private final List<OutputTensor> requested;
  private final Labels labels;
  private final ProbabilityReader probabilities;

  private ClassificationReader(
      List<OutputTensor> requested, Labels labels, ProbabilityReader probabilities) {
    this.requested = requested;
    this.labels = labels;
    this.probabilities = probabilities;
  }

  static @Nullable ClassificationReader compile(
      Outputs.Classification contract, GraphOutputs graph) {
    Labels labels = new Labels(contract.labels());
    ProbabilityReader probabilities = ProbabilityReader.compile(contract, labels, graph);
    OutputTensor label = contract.label() == null ? null : label(contract.label(), graph);
    if (probabilities == null || (contract.label() != null && label == null)) {
      return null;
    }
    OutputTensor scores = probabilities.output();
    return new ClassificationReader(
        label == null ? List.of(scores) : List.of(scores, label), labels, probabilities);
  }

  private static @Nullable OutputTensor label(String name, GraphOutputs graph) {
    OutputTensor label = graph.find("label", name, EnumSet.of(Kind.STRING, Kind.INT64, Kind.INT32));
    if (label != null && label.columns() != UNKNOWN && label.columns() != 1) {
      graph.mistake(
          "the output '" + name + "' has " + label.columns() + " values a row",
          "name an output with one label a row, or leave out outputs.label");
      return null;
    }
    return label;
  }

  @Override
  List<OutputTensor> requested() {
    return requested;
  }

  @Override
  Prediction read(List<OutputValues> values, int row) {
    Numbers numbers = probabilities.read(values.getFirst(), row);
    int winner = requested.size() == 1 ? numbers.indexOfLargest() : winner(values.get(1), row);
    return new Prediction.Classification(labels.names(), numbers, winner);
  }

  private int winner(OutputValues values, int row) {
    int position =
        switch (values) {
          case TextValues texts when texts.columns() == 1 -> labels.find(texts.firstText(row));
          case TensorValues tensor when tensor.columns() == 1 ->
              labels.find(tensor.firstWhole(row));
          case TextValues _, TensorValues _, MapValues _ -> -1;
        };
    if (position < 0) {
      throw new InferenceException(
          "the output '" + requested.get(1).name() + "' isn't one of the contract's labels");
    }
    return position;
  }
}
