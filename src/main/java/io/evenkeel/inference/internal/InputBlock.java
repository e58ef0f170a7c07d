package io.evenkeel.inference.internal;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.evenkeel.preprocess.TensorRows;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Room for the rows of one input tensor, row by row. Used by one thread at a time; the values put
 * in are copied.
 */
public sealed interface InputBlock permits NumberBlock, TextBlock {
  /**
   * Copies one row in.
   *
   * @param slot where to, counted in rows
   * @param rows the block to copy from
   * @param input which of its inputs
   * @param row which of its rows
   */
  void put(int slot, TensorRows rows, int input, int row);

  /** Copies the row at {@code slot} to the slots after it, up to and without {@code end}. */
  void repeat(int slot, int end);

  /** A tensor of the first {@code rows} rows; the caller closes it. */
  OnnxTensor tensor(int rows) throws OrtException;

  /** The sizes of a tensor of so many rows. */
  static long[] shape(int rows, List<Integer> rowShape) {
    return LongStream.concat(LongStream.of(rows), rowShape.stream().mapToLong(Integer::longValue))
        .toArray();
  }
}
