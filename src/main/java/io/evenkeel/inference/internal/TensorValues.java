package io.evenkeel.inference.internal;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.evenkeel.preprocess.ElementType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Rows of numbers or booleans: a pinned output's memory itself, or a copy of an output the library
 * allocated. Doesn't own the memory; used by one thread at a time.
 */
public final class TensorValues implements OutputValues {
  private final ElementType type;
  private final MemorySegment memory;
  private final List<Integer> rowShape;
  private final int columns;

  TensorValues(ElementType type, MemorySegment memory, List<Integer> rowShape) {
    this.type = type;
    this.memory = memory;
    this.rowShape = rowShape;
    this.columns = rowShape.stream().reduce(1, Math::multiplyExact);
  }

  static TensorValues copyOf(OnnxTensor tensor) throws OrtException {
    List<Integer> rowShape = OutputValues.rowShape(tensor.getInfo().getShape());
    return switch (tensor.getInfo().type) {
      // The library's Java side widens half floats to floats.
      case FLOAT, FLOAT16, BFLOAT16 ->
          of(ElementType.FLOAT, MemorySegment.ofBuffer(tensor.getFloatBuffer()), rowShape);
      case DOUBLE ->
          of(ElementType.DOUBLE, MemorySegment.ofBuffer(tensor.getDoubleBuffer()), rowShape);
      case INT64 -> of(ElementType.INT64, MemorySegment.ofBuffer(tensor.getLongBuffer()), rowShape);
      case INT32 -> of(ElementType.INT32, MemorySegment.ofBuffer(tensor.getIntBuffer()), rowShape);
      case BOOL -> of(ElementType.BOOL, MemorySegment.ofBuffer(tensor.getByteBuffer()), rowShape);
      default -> throw new OrtException("unexpected element type " + tensor.getInfo().type);
    };
  }

  private static TensorValues of(ElementType type, MemorySegment memory, List<Integer> rowShape) {
    return new TensorValues(type, memory, rowShape);
  }

  public ElementType type() {
    return type;
  }

  /** How many elements one row has. */
  public int columns() {
    return columns;
  }

  @Override
  public int rows() {
    int rowBytes = Math.multiplyExact(columns, NumberBlock.bytesOf(type));
    return rowBytes == 0 ? 0 : Math.toIntExact(memory.byteSize() / rowBytes);
  }

  /** A copy of one row; the type must be FLOAT. */
  public float[] floats(int row) {
    float[] values = new float[columns];
    MemorySegment.copy(memory, JAVA_FLOAT, 4L * row * columns, values, 0, columns);
    return values;
  }

  /** A copy of one row, widened; the type is any but BOOL. */
  public double[] doubles(int row) {
    double[] values = new double[columns];
    for (int i = 0; i < columns; i++) {
      long at = (long) row * columns + i;
      values[i] =
          switch (type) {
            case FLOAT -> memory.getAtIndex(JAVA_FLOAT, at);
            case DOUBLE -> memory.getAtIndex(JAVA_DOUBLE, at);
            case INT64, INT32 -> whole(at);
            case BOOL, STRING -> throw new IllegalStateException("not a number: " + type);
          };
    }
    return values;
  }

  /** The first element of a row; the type must be INT64 or INT32. */
  public long firstWhole(int row) {
    return whole((long) row * columns);
  }

  private long whole(long at) {
    return type == ElementType.INT32
        ? memory.getAtIndex(JAVA_INT, at)
        : memory.getAtIndex(JAVA_LONG, at);
  }

  @Override
  public Object row(int row) {
    return OutputValues.nested(rowShape, row * columns, this::element);
  }

  private Object element(int at) {
    return switch (type) {
      case FLOAT -> memory.getAtIndex(JAVA_FLOAT, at);
      case DOUBLE -> memory.getAtIndex(JAVA_DOUBLE, at);
      case INT64, INT32 -> whole(at);
      case BOOL -> memory.get(JAVA_BYTE, at) != 0;
      case STRING -> throw new IllegalStateException("a tensor of numbers holds no texts");
    };
  }
}
