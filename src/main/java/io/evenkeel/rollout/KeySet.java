package io.evenkeel.rollout;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Keys that were seen, in constant memory: a Bloom filter. It may take a new key for a seen one,
 * never the other way round. Not thread-safe.
 */
final class KeySet {
  private static final int HASHES = 4;

  private final long[] words;
  private long ones;

  /**
   * @param bits a power of 2, at least 64
   */
  KeySet(int bits) {
    if (Integer.bitCount(bits) != 1 || bits < Long.SIZE) {
      throw new IllegalArgumentException(bits + " bits are no power of 2 from 64");
    }
    this.words = new long[bits / Long.SIZE];
  }

  boolean contains(long key) {
    long hash = Mix.mix(key);
    for (int i = 0; i < HASHES; i++) {
      if ((words[word(hash)] & 1L << hash) == 0) {
        return false;
      }
      hash = Mix.mix(hash);
    }
    return true;
  }

  void add(long key) {
    long hash = Mix.mix(key);
    for (int i = 0; i < HASHES; i++) {
      int word = word(hash);
      long before = words[word];
      words[word] |= 1L << hash;
      ones += before == words[word] ? 0 : 1;
      hash = Mix.mix(hash);
    }
  }

  private int word(long hash) {
    return (int) (hash >>> 6) & words.length - 1;
  }

  /** Whether more keys would often be taken for seen ones: half of the bits are set. */
  boolean isFull() {
    return ones >= (long) words.length * Long.SIZE / 2;
  }

  void addAll(KeySet other) {
    ones = 0;
    for (int i = 0; i < words.length; i++) {
      words[i] |= other.words[i];
      ones += Long.bitCount(words[i]);
    }
  }

  String save() {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
    bytes.asLongBuffer().put(words);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (Deflater deflater = new Deflater(Deflater.BEST_SPEED)) {
      deflater.setInput(bytes.array());
      deflater.finish();
      byte[] chunk = new byte[1 << 13];
      while (!deflater.finished()) {
        packed.write(chunk, 0, deflater.deflate(chunk));
      }
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }

  void load(String saved) {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(Base64.getDecoder().decode(saved));
      int length = inflater.inflate(bytes.array());
      if (length != bytes.capacity() || inflater.inflate(new byte[1]) != 0) {
        throw new IllegalArgumentException("the saved keys aren't of this size");
      }
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("the saved keys can't be read", e);
    }
    bytes.asLongBuffer().get(words);
    ones = 0;
    for (long word : words) {
      ones += Long.bitCount(word);
    }
  }
}
