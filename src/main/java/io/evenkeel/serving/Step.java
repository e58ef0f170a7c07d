package io.evenkeel.serving;

import java.util.Locale;

/**
 * The steps of a request, in their order. Parsing includes the contract's checks of each value as
 * it is read.
 */
public enum Step {
  PARSE,
  VALIDATE,
  PREPROCESS,
  QUEUE,
  RUN,
  WRITE;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in metrics and in {@code Server-Timing}. */
  public String label() {
    return label;
  }
}
