package io.evenkeel.inference;

/**
 * How many digits of a number mean something: what the graph computed it in. A writer shows a
 * SINGLE with the shortest text that reads back as the same float.
 */
public enum Precision {
  SINGLE,
  DOUBLE
}
