package io.evenkeel.cli.generate;

import java.util.random.RandomGenerator;

/** Texts of a wanted length. */
final class Texts {
  /** Some of them match hardly any pattern. */
  private static final String[] ODD = {
    "<>", "\u0001", "!", "~#", "0", "a", "A", " ", "\u00e4", "-", "_", "\u4e2d"
  };

  private Texts() {}

  /** A text repeated or cut to a number of code points. */
  static String ofLength(String text, int length) {
    String source = text.isEmpty() ? "x" : text;
    int[] points = source.codePoints().toArray();
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < length; i++) {
      result.appendCodePoint(points[i % points.length]);
    }
    return result.toString();
  }

  /** A text such as nobody expects. */
  static String odd(int minLength, int maxLength, RandomGenerator random) {
    int most = Math.min(maxLength, minLength + 8);
    int length = Math.max(1, minLength) + random.nextInt(Math.max(1, most - minLength));
    return ofLength(ODD[random.nextInt(ODD.length)], Math.min(length, Math.max(1, maxLength)));
  }
}
