package io.evenkeel.control;

import java.time.Instant;
import java.util.Objects;

/**
 * The routes as they were from one change to the next.
 *
 * @param number 1 for the first, one more with each
 * @param at when it was appended, in whole microseconds
 * @param document the routes as canonical JSON, at most 1,000,000 characters
 */
public record Revision(long number, Instant at, String document) {
  public Revision {
    if (number < 1) {
      throw new IllegalArgumentException("a revision's number is 1 or more, not " + number);
    }
    Objects.requireNonNull(at, "at");
    Texts.requireName("document", document, Texts.DOCUMENT);
  }
}
