package io.evenkeel.inference;

import static io.evenkeel.inference.OutputTensor.UNKNOWN;

import io.evenkeel.contract.Outputs;
import io.evenkeel.contract.Outputs.Activation;
import io.evenkeel.contract.Outputs.NonFinite;
import io.evenkeel.inference.OutputTensor.Kind;
import io.evenkeel.inference.internal.MapValues;
import io.evenkeel.inference.internal.OutputValues;
import io.evenkeel.inference.internal.TensorValues;
import io.evenkeel.inference.internal.TextValues;
import io.evenkeel.preprocess.ElementType;
import java.util.EnumSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a probability for each class of a classifier from an output of shape [n, classes], from one
 * of shape [n] or [n, 1] (the second of two classes), or from a map for each row. Immutable.
 */
final class ProbabilityReader {
  private final OutputTensor output;
  private final Labels labels;
  private final Activation activation;
  private final NonFinite nonFinite;

  private ProbabilityReader(OutputTensor output, Labels labels, Outputs.Classification contract) {
    this.output = output;
    this.labels = labels;
    this.activation = contract.activation();
    this.nonFinite = contract.nonFinite();
  }

  static @Nullable ProbabilityReader compile(
      Outputs.Classification contract, Labels labels, GraphOutputs graph) {
    OutputTensor output =
        graph.find(
            "probabilities",
            contract.probabilities(),
            EnumSet.of(Kind.FLOAT, Kind.HALF, Kind.DOUBLE, Kind.MAPS));
    if (output == null) {
      return null;
    }
    int columns = output.columns();
    if (columns != UNKNOWN && !fits(columns, labels)) {
      graph.mistake(
          "the output '"
              + output.name()
              + "' has "
              + columns
              + " columns for "
              + labels.size()
              + " labels",
          "list " + (columns == 1 ? 2 : columns) + " labels, or name another output");
      return null;
    }
    if (columns == 1 && contract.activation() == Activation.SOFTMAX) {
      graph.mistake(
          "softmax of the single column of '" + output.name() + "' is always 1",
          "use the activation sigmoid, or none if it already is a probability");
      return null;
    }
    return new ProbabilityReader(output, labels, contract);
  }

  private static boolean fits(int columns, Labels labels) {
    return columns == labels.size() || (columns == 1 && labels.size() == 2);
  }

  OutputTensor output() {
    return output;
  }

  Numbers read(OutputValues values, int row) {
    Numbers scores =
        switch (values) {
          case TensorValues tensor when tensor.type() == ElementType.FLOAT ->
              Numbers.wrap(tensor.floats(row));
          case TensorValues tensor -> Numbers.wrap(tensor.doubles(row), Precision.DOUBLE);
          case MapValues maps -> ordered(maps.map(row));
          case TextValues _ -> throw new IllegalStateException("probabilities are never texts");
        };
    if (!fits(scores.size(), labels)) {
      throw new InferenceException(
          "the output '"
              + output.name()
              + "' has "
              + scores.size()
              + " columns for "
              + labels.size()
              + " labels");
    }
    // Before the activation, which would make a plausible 1 of an infinity.
    if (nonFinite == NonFinite.REJECT && !scores.isFinite()) {
      throw new InferenceException("the output '" + output.name() + "' is not finite for this row");
    }
    Numbers probabilities = activated(scores);
    return probabilities.size() == labels.size() ? probabilities : both(probabilities);
  }

  private Numbers ordered(Map<Object, Object> map) {
    double[] scores = new double[labels.size()];
    Precision precision = Precision.DOUBLE;
    for (Map.Entry<Object, Object> entry : map.entrySet()) {
      int position =
          entry.getKey() instanceof Long number
              ? labels.find(number)
              : labels.find(entry.getKey().toString());
      if (position < 0 || !(entry.getValue() instanceof Number score)) {
        throw new InferenceException(
            "the output '" + output.name() + "' has a class that is none of the labels");
      }
      precision = score instanceof Float ? Precision.SINGLE : Precision.DOUBLE;
      scores[position] = score.doubleValue();
    }
    if (map.size() != labels.size()) {
      throw new InferenceException(
          "the output '"
              + output.name()
              + "' has "
              + map.size()
              + " classes for "
              + labels.size()
              + " labels");
    }
    return Numbers.wrap(scores, precision);
  }

  private Numbers activated(Numbers scores) {
    return switch (activation) {
      case NONE -> scores;
      case SOFTMAX -> Numbers.wrap(softmax(scores.toArray()), scores.precision());
      case SIGMOID -> Numbers.wrap(sigmoid(scores.toArray()), scores.precision());
    };
  }

  /** In place; the largest score is subtracted first, so that no exponential overflows. */
  private static double[] softmax(double[] scores) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      largest = Math.max(largest, score);
    }
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.exp(scores[i] - largest);
      sum += scores[i];
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= sum;
    }
    return scores;
  }

  private static double[] sigmoid(double[] scores) {
    for (int i = 0; i < scores.length; i++) {
      scores[i] = 1 / (1 + Math.exp(-scores[i]));
    }
    return scores;
  }

  private static Numbers both(Numbers second) {
    double probability = second.get(0);
    return Numbers.wrap(new double[] {1 - probability, probability}, second.precision());
  }
}
