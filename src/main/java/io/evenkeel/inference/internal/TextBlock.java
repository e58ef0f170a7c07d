package io.evenkeel.inference.internal;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.evenkeel.preprocess.TensorRows;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of texts on the heap: the library copies texts into a tensor one by one, so there is nothing
 * to share, and a tensor is made for each run. Used by one thread at a time.
 */
public final class TextBlock implements InputBlock {
  private final List<Integer> rowShape;
  private final int elements;
  private final String[] texts;

  /** Empty texts. */
  public TextBlock(List<Integer> rowShape, int rows) {
    this.rowShape = rowShape;
    this.elements = rowShape.stream().reduce(1, Math::multiplyExact);
    this.texts = new String[Math.multiplyExact(rows, elements)];
    Arrays.fill(texts, "");
  }

  @Override
  public void put(int slot, TensorRows rows, int input, int row) {
    System.arraycopy(rows.texts(input), row * elements, texts, slot * elements, elements);
  }

  @Override
  public void repeat(int slot, int end) {
    for (int to = slot + 1; to < end; to++) {
      System.arraycopy(texts, slot * elements, texts, to * elements, elements);
    }
  }

  /** A copy: it doesn't show what is put into the block later. */
  @Override
  public OnnxTensor tensor(int rows) throws OrtException {
    return OnnxTensor.createTensor(
        NativeRuntime.ENVIRONMENT,
        Arrays.copyOf(texts, rows * elements),
        InputBlock.shape(rows, rowShape));
  }
}
