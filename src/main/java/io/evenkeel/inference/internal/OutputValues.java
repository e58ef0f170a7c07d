package io.evenkeel.inference.internal;

import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What one output of a graph said in the last run, row by row. Read by the thread that ran it;
 * valid until its next run.
 */
public sealed interface OutputValues permits TensorValues, TextValues, MapValues {
  /** How many rows there are; at least as many as were run. */
  int rows();

  /**
   * One row as JSON would have it: nested lists in the row's shape, a map, or a single value; with
   * Float, Double, Long, Boolean and String for the elements.
   */
  Object row(int row);

  /**
   * Copies an output out of native memory. The caller closes {@code output}.
   *
   * @throws OrtException if the library can't read it, or it is of a kind that is never asked for
   */
  static OutputValues copyOf(OnnxValue output) throws OrtException {
    return switch (output) {
      case OnnxTensor tensor when tensor.getInfo().type == ai.onnxruntime.OnnxJavaType.STRING ->
          TextValues.copyOf(tensor);
      case OnnxTensor tensor -> TensorValues.copyOf(tensor);
      case OnnxSequence sequence -> MapValues.copyOf(sequence);
      default -> throw new OrtException("unexpected kind of output " + output.getType());
    };
  }

  /** The sizes after the first, which counts the rows. */
  static List<Integer> rowShape(long[] shape) {
    List<Integer> sizes = new ArrayList<>();
    for (int i = 1; i < shape.length; i++) {
      sizes.add(Math.toIntExact(shape[i]));
    }
    return List.copyOf(sizes);
  }

  /** Nests the elements from {@code from} on in lists, as the shape says. */
  static Object nested(List<Integer> shape, int from, IntFunction<Object> element) {
    if (shape.isEmpty()) {
      return element.apply(from);
    }
    List<Integer> inner = shape.subList(1, shape.size());
    int stride = inner.stream().reduce(1, Math::multiplyExact);
    List<Object> list = new ArrayList<>(shape.getFirst());
    for (int i = 0; i < shape.getFirst(); i++) {
      list.add(nested(inner, from + i * stride, element));
    }
    return List.copyOf(list);
  }
}
