package io.evenkeel.preprocess;

/**
 * MurmurHash3 x86 32-bit (Austin Appleby, public domain) of a text's UTF-8 form, without making
 * that form, or any object. Agrees with scikit-learn's {@code murmurhash3_32}.
 */
final class MurmurHash3 {
  private static final int C1 = 0xcc9e2d51;
  private static final int C2 = 0x1b873593;

  private MurmurHash3() {}

  /** The unsigned hash modulo a number of buckets. */
  static int bucket(String text, int seed, int buckets) {
    return Integer.remainderUnsigned(of(text, seed), buckets);
  }

  /** The hash of a text without lone surrogates. */
  static int of(String text, int seed) {
    int hash = seed;
    int length = 0;
    // Up to three bytes wait for their block of four, the first one lowest.
    long waiting = 0;
    for (int i = 0; i < text.length(); i++) {
      int codePoint = text.codePointAt(i);
      int waitingBefore = length & 3;
      waiting |= utf8(codePoint) << (8 * waitingBefore);
      length += utf8Length(codePoint);
      if (waitingBefore + utf8Length(codePoint) >= 4) {
        hash = Integer.rotateLeft(hash ^ mixed((int) waiting), 13) * 5 + 0xe6546b64;
        waiting >>>= 32;
      }
      i += Character.charCount(codePoint) - 1;
    }
    return finished(hash ^ mixed((int) waiting) ^ length);
  }

  private static int utf8Length(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  /** The bytes of a code point's UTF-8 form, the first one lowest. */
  private static long utf8(int codePoint) {
    return switch (utf8Length(codePoint)) {
      case 1 -> codePoint;
      case 2 -> 0xC0 | (codePoint >>> 6) | continuation(codePoint) << 8;
      case 3 ->
          0xE0
              | (codePoint >>> 12)
              | continuation(codePoint >>> 6) << 8
              | continuation(codePoint) << 16;
      default ->
          0xF0
              | (codePoint >>> 18)
              | continuation(codePoint >>> 12) << 8
              | continuation(codePoint >>> 6) << 16
              | continuation(codePoint) << 24;
    };
  }

  private static long continuation(int bits) {
    return 0x80 | (bits & 0x3F);
  }

  private static int mixed(int block) {
    return Integer.rotateLeft(block * C1, 15) * C2;
  }

  private static int finished(int hash) {
    int h = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }
}
