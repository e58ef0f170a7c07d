package io.evenkeel.monitoring.drift;

/**
 * A random sample of requests, chosen by a hash of their ids: the same request is chosen on each
 * replica and at each look, and the choice knows nothing of the rows. Immutable.
 *
 * @param share from 0, none, to 1, all
 */
public record RequestSample(double share) {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final double UNIT = 0x1.0p-53;

  public RequestSample {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share: " + share);
    }
  }

  /** Whether the request is in the sample. */
  public boolean holds(CharSequence id) {
    return (mixed(hash(id)) >>> 11) * UNIT < share;
  }

  /** A hash (FNV-1a, 64 bits) of a text's characters, without garbage. */
  public static long hash(CharSequence text) {
    long hash = OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return hash;
  }

  /** Spreads a hash over all bits: the finalizer of MurmurHash3. */
  static long mixed(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
