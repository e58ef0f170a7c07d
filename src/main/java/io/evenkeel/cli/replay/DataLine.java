package io.evenkeel.cli.replay;

/** One line of the data. */
sealed interface DataLine {
  /** Counted from 1, as editors do. */
  long number();

  /** A line with a JSON object: {@code instance}, perhaps {@code prediction} and an outcome. */
  record Body(long number, String json) implements DataLine {}

  /** A line that can't be used; the cause is for people. */
  record Unreadable(long number, String cause) implements DataLine {}
}
