package io.evenkeel.security;

import java.util.Locale;

/** What a caller may be granted, each for all models or for some. */
public enum Right {
  /** Asking for predictions, explanations of them, and verdicts on rows. */
  PREDICT,
  /** Telling what became of predictions. */
  FEEDBACK,
  /** Seeing what is served, how it does, and the operations port. */
  READ,
  /** Changing what is served. */
  ADMIN,
  /** Asking for predictions before others, by {@code X-Priority: critical}. */
  CRITICAL;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** How it is written in a scope. */
  public String word() {
    return word;
  }
}
