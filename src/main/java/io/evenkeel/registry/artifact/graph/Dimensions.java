package io.evenkeel.registry.artifact.graph;

/** A tensor's dimensions, multiplied as they come. Not thread-safe. */
final class Dimensions {
  private static final int MOST_SHOWN = 80;

  private final StringBuilder shown = new StringBuilder();
  private long elements = 1;
  private boolean negative;
  private boolean endless;

  void add(long size) {
    negative |= size < 0;
    try {
      elements = Math.multiplyExact(elements, size);
    } catch (ArithmeticException e) {
      endless = true;
    }
    if (shown.length() < MOST_SHOWN) {
      shown.append(shown.isEmpty() ? "" : ", ").append(size);
    }
  }

  /** Whether they can't be those of any tensor. */
  boolean areImpossible() {
    return negative || endless;
  }

  long elements() {
    return elements;
  }

  @Override
  public String toString() {
    return "[" + shown + (shown.length() < MOST_SHOWN ? "]" : ", ...]");
  }
}
