package io.evenkeel.inference.internal;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;

/** Rows of texts, copied out of a tensor. Immutable. */
public final class TextValues implements OutputValues {
  private final List<String> texts;
  private final List<Integer> rowShape;
  private final int columns;

  private TextValues(List<String> texts, List<Integer> rowShape) {
    this.texts = texts;
    this.rowShape = rowShape;
    this.columns = rowShape.stream().reduce(1, Math::multiplyExact);
  }

  static TextValues copyOf(OnnxTensor tensor) throws OrtException {
    List<String> texts = new ArrayList<>();
    flatten(tensor.getValue(), texts);
    return new TextValues(texts, OutputValues.rowShape(tensor.getInfo().getShape()));
  }

  private static void flatten(Object value, List<String> texts) {
    if (value instanceof Object[] array) {
      for (Object element : array) {
        flatten(element, texts);
      }
    } else {
      texts.add((String) value);
    }
  }

  /** How many texts one row has. */
  public int columns() {
    return columns;
  }

  @Override
  public int rows() {
    return columns == 0 ? 0 : texts.size() / columns;
  }

  /** The first element of a row. */
  public String firstText(int row) {
    return texts.get(row * columns);
  }

  @Override
  public Object row(int row) {
    return OutputValues.nested(rowShape, row * columns, texts::get);
  }
}
