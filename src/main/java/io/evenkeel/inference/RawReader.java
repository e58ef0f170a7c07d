package io.evenkeel.inference;

import io.evenkeel.contract.Outputs;
import io.evenkeel.contract.Outputs.NonFinite;
import io.evenkeel.inference.OutputTensor.Kind;
import io.evenkeel.inference.internal.OutputValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads every output as it is. Immutable. */
final class RawReader extends OutputReader {
  private final List<OutputTensor> outputs;
  private final NonFinite nonFinite;

  private RawReader(List<OutputTensor> outputs, NonFinite nonFinite) {
    this.outputs = outputs;
    this.nonFinite = nonFinite;
  }

  static @Nullable RawReader compile(Outputs.Raw contract, GraphOutputs graph) {
    boolean readable = true;
    for (OutputTensor output : graph.all()) {
      if (output.kind() == Kind.OTHER) {
        readable = false;
        graph.mistake(
            "the output '" + output.name() + "' is of a type that can't be put in an answer",
            "drop it from the graph or cast it to float, double, int64, int32, bool or string");
      }
    }
    return readable ? new RawReader(graph.all(), contract.nonFinite()) : null;
  }

  @Override
  List<OutputTensor> requested() {
    return outputs;
  }

  @Override
  Prediction read(List<OutputValues> values, int row) {
    Map<String, Object> answer = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      String name = outputs.get(i).name();
      Object value = values.get(i).row(row);
      if (nonFinite == NonFinite.REJECT && !isFinite(value)) {
        throw new InferenceException("the output '" + name + "' is not finite for this row");
      }
      answer.put(name, value);
    }
    return new Prediction.Raw(answer);
  }

  private static boolean isFinite(Object value) {
    return switch (value) {
      case Float number -> Float.isFinite(number);
      case Double number -> Double.isFinite(number);
      case List<?> list -> list.stream().allMatch(RawReader::isFinite);
      case Map<?, ?> map -> map.values().stream().allMatch(RawReader::isFinite);
      default -> true;
    };
  }
}
