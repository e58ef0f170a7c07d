package io.evenkeel.preprocess;

/**
 * MurmurHash3 x86 32-bit (Austin Appleby, public domain) of a text's UTF-8 form, without making
 * that form. Agrees with scikit-learn's {@code murmurhash3_32}.
 */
final class MurmurHash3 {
  private static final int C1 = 0xcc9e2d51;
  private static final int C2 = 0x1b873593;

  private int hash;
  private int block;
  private int length;

  private MurmurHash3(int seed) {
    this.hash = seed;
  }

  /** The unsigned hash modulo a number of buckets. */
  static int bucket(String text, int seed, int buckets) {
    return Integer.remainderUnsigned(of(text, seed), buckets);
  }

  /** The hash of a text without lone surrogates. */
  static int of(String text, int seed) {
    MurmurHash3 state = new MurmurHash3(seed);
    for (int i = 0; i < text.length(); i++) {
      int codePoint = text.codePointAt(i);
      state.addCodePoint(codePoint);
      i += Character.charCount(codePoint) - 1;
    }
    return state.finish();
  }

  private void addCodePoint(int codePoint) {
    if (codePoint < 0x80) {
      addByte(codePoint);
    } else if (codePoint < 0x800) {
      addByte(0xC0 | (codePoint >>> 6));
      addByte(0x80 | (codePoint & 0x3F));
    } else if (codePoint < 0x10000) {
      addByte(0xE0 | (codePoint >>> 12));
      addByte(0x80 | ((codePoint >>> 6) & 0x3F));
      addByte(0x80 | (codePoint & 0x3F));
    } else {
      addByte(0xF0 | (codePoint >>> 18));
      addByte(0x80 | ((codePoint >>> 12) & 0x3F));
      addByte(0x80 | ((codePoint >>> 6) & 0x3F));
      addByte(0x80 | (codePoint & 0x3F));
    }
  }

  private void addByte(int value) {
    block |= value << (8 * (length & 3));
    length++;
    if ((length & 3) == 0) {
      hash = Integer.rotateLeft(hash ^ mixed(block), 13) * 5 + 0xe6546b64;
      block = 0;
    }
  }

  private static int mixed(int block) {
    return Integer.rotateLeft(block * C1, 15) * C2;
  }

  private int finish() {
    int h = hash;
    if ((length & 3) != 0) {
      h ^= mixed(block);
    }
    h ^= length;
    h = (h ^ (h >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }
}
