package io.evenkeel.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import java.util.Map;

/**
 * The tensors of one batch size, made once: views of the first rows of a runner's blocks. Used by
 * one thread at a time; owns the tensors, not the memory under them.
 *
 * @param rows the batch size
 * @param inputs by name; texts come and go with each run
 * @param pinned outputs the library writes in place, by name
 */
record Batch(int rows, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> pinned)
    implements AutoCloseable {
  @Override
  public void close() {
    inputs.values().forEach(OnnxValue::close);
    pinned.values().forEach(OnnxValue::close);
  }
}
