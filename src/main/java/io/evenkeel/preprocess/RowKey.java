package io.evenkeel.preprocess;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The values of one row as bytes: equal to another's exactly where a graph can't tell the two rows
 * apart. So all NaN are one, but 0.0 and -0.0 are two, because 1 / x tells them apart. Immutable;
 * owns its array.
 *
 * <p>Ordered so that a hash map can search among keys of the same hash: whoever sends rows could
 * choose them so that all hashes are the same.
 */
public final class RowKey implements Comparable<RowKey> {
  private final byte[] bytes;
  private final int hash;

  private RowKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  /** The key of a row of a block. */
  public static RowKey of(TensorRows block, int row) {
    int size = 0;
    for (int input = 0; input < block.inputs().size(); input++) {
      size += size(block, input, row);
    }
    ByteBuffer bytes = ByteBuffer.allocate(size);
    for (int input = 0; input < block.inputs().size(); input++) {
      put(block, input, row, bytes);
    }
    return new RowKey(bytes.array());
  }

  private static int size(TensorRows block, int input, int row) {
    InputTensor tensor = block.inputs().get(input);
    int elements = tensor.elements();
    return switch (tensor.type()) {
      case FLOAT, INT32 -> elements * Integer.BYTES;
      case DOUBLE, INT64 -> elements * Long.BYTES;
      case BOOL -> elements;
      case STRING -> {
        int size = 0;
        for (int i = row * elements; i < (row + 1) * elements; i++) {
          size += Integer.BYTES + block.texts(input)[i].length() * Character.BYTES;
        }
        yield size;
      }
    };
  }

  private static void put(TensorRows block, int input, int row, ByteBuffer bytes) {
    InputTensor tensor = block.inputs().get(input);
    int end = (row + 1) * tensor.elements();
    for (int i = row * tensor.elements(); i < end; i++) {
      switch (tensor.type()) {
        case FLOAT -> bytes.putInt(Float.floatToIntBits(block.floats(input)[i]));
        case DOUBLE -> bytes.putLong(Double.doubleToLongBits(block.doubles(input)[i]));
        case INT64 -> bytes.putLong(block.longs(input)[i]);
        case INT32 -> bytes.putInt(block.ints(input)[i]);
        case BOOL -> bytes.put((byte) (block.booleans(input)[i] ? 1 : 0));
        case STRING -> put(block.texts(input)[i], bytes);
      }
    }
  }

  /** With its length first, so that neighbouring texts can't run into each other. */
  private static void put(String text, ByteBuffer bytes) {
    bytes.putInt(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes.putChar(text.charAt(i));
    }
  }

  /** How many bytes it holds. */
  public int size() {
    return bytes.length;
  }

  @Override
  public int compareTo(RowKey other) {
    return Arrays.compare(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
