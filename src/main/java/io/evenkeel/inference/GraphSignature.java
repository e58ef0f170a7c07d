package io.evenkeel.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import io.evenkeel.contract.Mistakes;
import io.evenkeel.inference.OutputTensor.Kind;
import io.evenkeel.preprocess.ElementType;
import io.evenkeel.preprocess.InputTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a graph takes and yields. The first dimension of every input counts rows. Immutable.
 *
 * @param fixedBatch the only number of rows the graph takes; 0 if it takes any
 */
record GraphSignature(List<InputTensor> inputs, List<OutputTensor> outputs, int fixedBatch) {
  private static final int ANY = 0;

  /** Beyond this a graph's input would rather exhaust the memory than be filled. */
  private static final long MOST_INPUT_BYTES = 256L << 20;

  GraphSignature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Reads a graph's signature and notes what of it can't be served, under the graph's name. */
  static GraphSignature read(OrtSession session, String file, Mistakes mistakes)
      throws OrtException {
    List<InputTensor> inputs = new ArrayList<>();
    Set<Long> fixed = new TreeSet<>();
    for (NodeInfo node : session.getInputInfo().values()) {
      Problem problem = problem(node);
      if (problem != null) {
        mistakes.add(
            file, 0, "the input '" + node.getName() + "' " + problem.cause(), problem.mend());
        continue;
      }
      TensorInfo tensor = (TensorInfo) node.getInfo();
      ElementType type = ElementType.valueOf(kind(tensor.onnxType).name());
      inputs.add(new InputTensor(node.getName(), type, rowShape(tensor)));
      if (tensor.getShape()[0] > 0) {
        fixed.add(tensor.getShape()[0]);
      }
    }
    if (fixed.size() > 1) {
      mistakes.add(
          file,
          0,
          "the inputs' first dimensions have different fixed sizes " + fixed,
          "export the graph with the same batch dimension, best a dynamic one, for all inputs");
    }
    int batch = fixed.isEmpty() ? ANY : Math.toIntExact(fixed.iterator().next());
    return new GraphSignature(inputs, outputs(session, batch), batch);
  }

  private record Problem(String cause, String mend) {}

  private static @Nullable Problem problem(NodeInfo node) {
    if (!(node.getInfo() instanceof TensorInfo tensor)) {
      return new Problem("is not a tensor", "export the graph with tensors as inputs");
    }
    Kind kind = kind(tensor.onnxType);
    if (kind == Kind.OTHER || kind == Kind.HALF) {
      return new Problem(
          "takes " + shortName(tensor.onnxType) + ", which a row can't be written to",
          "let the graph take float, double, int64, int32, bool or string and cast inside");
    }
    long[] shape = tensor.getShape();
    if (bytes(tensor, shape) > MOST_INPUT_BYTES) {
      return new Problem(
          "takes more than " + MOST_INPUT_BYTES + " bytes", "export it with smaller dimensions");
    }
    if (shape.length == 0) {
      return new Problem(
          "has no first dimension that counts rows", "export it with a shape such as [N, columns]");
    }
    for (int i = 1; i < shape.length; i++) {
      if (shape[i] < 1) {
        return new Problem(
            "leaves the size of its dimension " + i + " open",
            "export it with fixed sizes for all dimensions but the first");
      }
    }
    return null;
  }

  /** What the smallest batch takes; negative dimensions are open. */
  private static long bytes(TensorInfo tensor, long[] shape) {
    long bytes = tensor.type.size;
    for (long size : shape) {
      bytes = size > MOST_INPUT_BYTES ? Long.MAX_VALUE : bytes * Math.max(1, size);
      if (bytes > MOST_INPUT_BYTES) {
        return Long.MAX_VALUE;
      }
    }
    return bytes;
  }

  private static String shortName(OnnxTensorType type) {
    return type.name().replace("ONNX_TENSOR_ELEMENT_DATA_TYPE_", "");
  }

  private static List<OutputTensor> outputs(OrtSession session, int batch) throws OrtException {
    List<OutputTensor> outputs = new ArrayList<>();
    for (NodeInfo node : session.getOutputInfo().values()) {
      outputs.add(
          switch (node.getInfo()) {
            case TensorInfo tensor ->
                new OutputTensor(node.getName(), kind(tensor.onnxType), rowShape(tensor, batch));
            case SequenceInfo sequence when sequence.isSequenceOfMaps() ->
                new OutputTensor(node.getName(), Kind.MAPS, OutputTensor.OPEN);
            default -> new OutputTensor(node.getName(), Kind.OTHER, OutputTensor.OPEN);
          });
    }
    return outputs;
  }

  /**
   * An output's row shape. One with a fixed first size in a graph of any batch size was declared
   * carelessly (some exporters write 1): then nothing in it is believed, and each run tells.
   */
  private static List<Integer> rowShape(TensorInfo tensor, int batch) {
    long[] shape = tensor.getShape();
    boolean counts = shape.length > 0 && (shape[0] < 0 || shape[0] == batch);
    return counts ? rowShape(tensor) : OutputTensor.OPEN;
  }

  private static List<Integer> rowShape(TensorInfo tensor) {
    List<Integer> sizes = new ArrayList<>();
    long[] shape = tensor.getShape();
    for (int i = 1; i < shape.length; i++) {
      sizes.add(
          shape[i] < 0 || shape[i] > Integer.MAX_VALUE
              ? OutputTensor.UNKNOWN
              : Math.toIntExact(shape[i]));
    }
    return sizes;
  }

  // By the native type: the library's Java types show unsigned numbers as signed ones.
  private static Kind kind(OnnxTensorType type) {
    return switch (type) {
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> Kind.FLOAT;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16, ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16 ->
          Kind.HALF;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> Kind.DOUBLE;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> Kind.INT64;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> Kind.INT32;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL -> Kind.BOOL;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING -> Kind.STRING;
      default -> Kind.OTHER;
    };
  }
}
