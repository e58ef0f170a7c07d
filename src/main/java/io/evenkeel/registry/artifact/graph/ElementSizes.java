package io.evenkeel.registry.artifact.graph;

/**
 * How many bits an element of a tensor takes, by the numbers of ONNX's {@code
 * TensorProto.DataType}.
 */
final class ElementSizes {
  static final int STRING = 8;
  static final int UNKNOWN = 0;

  private static final int COMPLEX64 = 14;
  private static final int COMPLEX128 = 15;

  /** A text in memory, whatever its length. */
  private static final int STRING_BITS = 256;

  private ElementSizes() {}

  static int bits(long type) {
    return switch (Math.clamp(type, 0, Integer.MAX_VALUE)) {
      case STRING -> STRING_BITS;
      case COMPLEX128 -> 128;
      // int64, double, uint64
      case 7, 11, 13, COMPLEX64 -> 64;
      // float, int32, uint32
      case 1, 6, 12 -> 32;
      // uint16, int16, float16, bfloat16
      case 4, 5, 10, 16 -> 16;
      // uint8, int8, bool, the floats of 8 bits
      case 2, 3, 9, 17, 18, 19, 20, 24 -> 8;
      // uint4, int4, float4
      case 21, 22, 23 -> 4;
      // uint2, int2
      case 25, 26 -> 2;
      default -> UNKNOWN;
    };
  }

  /** The number of the field that holds the elements one by one. */
  static int list(long type) {
    return switch ((int) type) {
      case 1, COMPLEX64 -> 4;
      case STRING -> 6;
      case 7 -> 7;
      case 11, COMPLEX128 -> 10;
      case 12, 13 -> 11;
      default -> 5;
    };
  }

  /**
   * How many entries of its typed list ({@code float_data} and so on) a tensor needs.
   *
   * @param elements how many it has
   */
  static long entries(long type, long elements) {
    int bits = bits(type);
    if (type == COMPLEX64 || type == COMPLEX128) {
      return 2 * elements;
    }
    int together = bits < Byte.SIZE ? Byte.SIZE / bits : 1;
    return Math.ceilDiv(elements, together);
  }

  /**
   * The bytes of a tensor.
   *
   * @throws ArithmeticException if that is no long
   */
  static long bytes(long type, long elements) {
    int bits = bits(type);
    return bits < Byte.SIZE
        ? Math.ceilDiv(elements, Byte.SIZE / bits)
        : Math.multiplyExact(elements, bits / Byte.SIZE);
  }
}
