package io.evenkeel.preprocess;

import java.util.Arrays;
import java.util.List;

/**
 * A block of rows, ready for a graph: for each input tensor a plain array of {@code rows *
 * elements} values in row-major order. The block owns its arrays; whoever runs it copies them.
 * Written by one thread, then read by others only after a safe hand-over.
 */
public final class TensorRows {
  private final List<InputTensor> inputs;
  private final int rows;
  private final Object[] blocks;

  /** A block of zeros (false, or the empty string). */
  public TensorRows(List<InputTensor> inputs, int rows) {
    this.inputs = inputs;
    this.rows = rows;
    this.blocks = new Object[inputs.size()];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = block(inputs.get(i), rows);
    }
  }

  private static Object block(InputTensor input, int rows) {
    int size = Math.multiplyExact(rows, input.elements());
    return switch (input.type()) {
      case FLOAT -> new float[size];
      case DOUBLE -> new double[size];
      case INT64 -> new long[size];
      case INT32 -> new int[size];
      case BOOL -> new boolean[size];
      case STRING -> emptyTexts(size);
    };
  }

  private static String[] emptyTexts(int size) {
    String[] texts = new String[size];
    Arrays.fill(texts, "");
    return texts;
  }

  public List<InputTensor> inputs() {
    return inputs;
  }

  public int rows() {
    return rows;
  }

  /**
   * Writes a number, rounded once to the input's element type: to the nearest float or integer, or
   * to whether it isn't zero.
   *
   * @param position counted over the whole block
   */
  void set(int input, int position, double value) {
    switch (blocks[input]) {
      case float[] floats -> floats[position] = (float) value;
      case double[] doubles -> doubles[position] = value;
      case long[] longs -> longs[position] = Math.round(value);
      case int[] ints ->
          ints[position] = Math.clamp(Math.round(value), Integer.MIN_VALUE, Integer.MAX_VALUE);
      case boolean[] booleans -> booleans[position] = value != 0;
      default -> throw new IllegalStateException("input " + input + " takes no numbers");
    }
  }

  /** Writes a text to a STRING input. */
  void set(int input, int position, String value) {
    texts(input)[position] = value;
  }

  /** One value: a number, a boolean or a text. */
  public Object value(int input, int position) {
    return switch (blocks[input]) {
      case float[] floats -> floats[position];
      case double[] doubles -> doubles[position];
      case long[] longs -> longs[position];
      case int[] ints -> ints[position];
      case boolean[] booleans -> booleans[position];
      default -> texts(input)[position];
    };
  }

  /**
   * Takes over neighbouring values of another block with the same inputs.
   *
   * @param from where they begin there, and {@code to} where here, counted over the whole block
   */
  void copy(int input, TensorRows source, int from, int to, int count) {
    System.arraycopy(source.blocks[input], from, blocks[input], to, count);
  }

  /** A block that repeats this block's first row. */
  public TensorRows repeated(int copies) {
    TensorRows repeated = new TensorRows(inputs, copies);
    for (int input = 0; input < blocks.length; input++) {
      int elements = inputs.get(input).elements();
      for (int row = 0; row < copies; row++) {
        System.arraycopy(blocks[input], 0, repeated.blocks[input], row * elements, elements);
      }
    }
    return repeated;
  }

  /** The values of a FLOAT input; the array itself, not a copy. */
  public float[] floats(int input) {
    return (float[]) blocks[input];
  }

  /** The values of a DOUBLE input; the array itself, not a copy. */
  public double[] doubles(int input) {
    return (double[]) blocks[input];
  }

  /** The values of an INT64 input; the array itself, not a copy. */
  public long[] longs(int input) {
    return (long[]) blocks[input];
  }

  /** The values of an INT32 input; the array itself, not a copy. */
  public int[] ints(int input) {
    return (int[]) blocks[input];
  }

  /** The values of a BOOL input; the array itself, not a copy. */
  public boolean[] booleans(int input) {
    return (boolean[]) blocks[input];
  }

  /** The values of a STRING input; the array itself, not a copy. */
  public String[] texts(int input) {
    return (String[]) blocks[input];
  }
}
