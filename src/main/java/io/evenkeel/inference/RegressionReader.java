package io.evenkeel.inference;

import static io.evenkeel.inference.OutputTensor.UNKNOWN;

import io.evenkeel.contract.Outputs;
import io.evenkeel.contract.Outputs.NonFinite;
import io.evenkeel.inference.OutputTensor.Kind;
import io.evenkeel.inference.internal.OutputValues;
import io.evenkeel.inference.internal.TensorValues;
import io.evenkeel.preprocess.ElementType;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one number a row from an output of shape [n] or [n, 1]. Immutable. */
final class RegressionReader extends OutputReader {
  private final OutputTensor output;
  private final NonFinite nonFinite;

  private RegressionReader(OutputTensor output, NonFinite nonFinite) {
    this.output = output;
    this.nonFinite = nonFinite;
  }

  static @Nullable RegressionReader compile(Outputs.Regression contract, GraphOutputs graph) {
    OutputTensor output =
        graph.find(
            "value",
            contract.value(),
            EnumSet.of(Kind.FLOAT, Kind.HALF, Kind.DOUBLE, Kind.INT64, Kind.INT32));
    if (output == null) {
      return null;
    }
    if (output.columns() != UNKNOWN && output.columns() != 1) {
      graph.mistake(
          "the output '" + output.name() + "' has " + output.columns() + " numbers a row",
          "name an output with one number a row, or use the task raw");
      return null;
    }
    return new RegressionReader(output, contract.nonFinite());
  }

  @Override
  List<OutputTensor> requested() {
    return List.of(output);
  }

  @Override
  Prediction read(List<OutputValues> values, int row) {
    TensorValues tensor = (TensorValues) values.getFirst();
    if (tensor.columns() != 1) {
      throw new InferenceException(
          "the output '" + output.name() + "' has " + tensor.columns() + " numbers a row, not 1");
    }
    double value = tensor.doubles(row)[0];
    if (nonFinite == NonFinite.REJECT && !Double.isFinite(value)) {
      throw new InferenceException("the output '" + output.name() + "' is not finite for this row");
    }
    return new Prediction.Regression(
        value, tensor.type() == ElementType.FLOAT ? Precision.SINGLE : Precision.DOUBLE);
  }
}
