package io.evenkeel.rollout;

/** Scatters bits: the last steps of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
final class Mix {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Mix() {}

  static long mix(long value) {
    long z = value + GOLDEN;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  /** A number from 0 to below 1 out of two values. */
  static double chance(long first, long second) {
    return (mix(mix(first) ^ second) >>> 11) * 0x1p-53;
  }
}
