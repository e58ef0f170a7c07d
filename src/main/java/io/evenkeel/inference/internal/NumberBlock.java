package io.evenkeel.inference.internal;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.evenkeel.preprocess.ElementType;
import io.evenkeel.preprocess.TensorRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Rows of numbers or booleans in native memory, row-major, for an input or a pinned output. Tensors
 * of every batch size are views of the same memory: its first rows.
 *
 * <p>Used by one thread at a time. The arena owns the memory; after it is closed every access
 * throws, where a plain direct buffer would still be there until a garbage collection.
 */
public final class NumberBlock implements InputBlock {
  private static final int CACHE_LINE = 64;

  private final ElementType type;
  private final List<Integer> rowShape;
  private final int elements;
  private final int elementBytes;
  private final MemorySegment memory;

  /** Zeros; {@code type} is anything but STRING. */
  public NumberBlock(Arena arena, ElementType type, List<Integer> rowShape, int rows) {
    this.type = type;
    this.rowShape = rowShape;
    this.elements = rowShape.stream().reduce(1, Math::multiplyExact);
    this.elementBytes = bytesOf(type);
    this.memory = arena.allocate((long) rows * elements * elementBytes, CACHE_LINE);
  }

  /** The size of one element in native memory. */
  public static int bytesOf(ElementType type) {
    return switch (type) {
      case FLOAT, INT32 -> 4;
      case DOUBLE, INT64 -> 8;
      case BOOL -> 1;
      case STRING -> throw new IllegalArgumentException("texts have no fixed size");
    };
  }

  // The JAVA_ layouts are of native byte order. A buffer's own order, big-endian by default, would
  // be taken without a word and computed as garbage; nothing here writes through one.
  @Override
  public void put(int slot, TensorRows rows, int input, int row) {
    int from = row * elements;
    long to = offset(slot);
    switch (type) {
      case FLOAT -> MemorySegment.copy(rows.floats(input), from, memory, JAVA_FLOAT, to, elements);
      case DOUBLE ->
          MemorySegment.copy(rows.doubles(input), from, memory, JAVA_DOUBLE, to, elements);
      case INT64 -> MemorySegment.copy(rows.longs(input), from, memory, JAVA_LONG, to, elements);
      case INT32 -> MemorySegment.copy(rows.ints(input), from, memory, JAVA_INT, to, elements);
      case BOOL -> putBooleans(rows.booleans(input), from, to);
      case STRING -> throw new IllegalStateException("a block of numbers holds no texts");
    }
  }

  private void putBooleans(boolean[] values, int from, long to) {
    for (int i = 0; i < elements; i++) {
      memory.set(JAVA_BYTE, to + i, values[from + i] ? (byte) 1 : 0);
    }
  }

  @Override
  public void repeat(int slot, int end) {
    for (int to = slot + 1; to < end; to++) {
      MemorySegment.copy(memory, offset(slot), memory, offset(to), offset(1));
    }
  }

  private long offset(int slot) {
    return (long) slot * elements * elementBytes;
  }

  /** A view: it shows what is put into the block later. */
  @Override
  public OnnxTensor tensor(int rows) throws OrtException {
    return OnnxTensor.createTensor(
        NativeRuntime.ENVIRONMENT,
        memory.asSlice(0, offset(rows)).asByteBuffer(),
        InputBlock.shape(rows, rowShape),
        OnnxJavaType.valueOf(type.name()));
  }

  /** The same memory, read as the rows of an output. */
  public TensorValues values() {
    return new TensorValues(type, memory, rowShape);
  }
}
