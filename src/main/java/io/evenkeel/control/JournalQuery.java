package io.evenkeel.control;

import org.jspecify.annotations.Nullable;

/**
 * Which entries of the journal are asked for. The next page is asked for with the last id of the
 * one before; as ids are given in the order in which entries become visible, none is missed.
 *
 * @param model only entries of this model, or null for all
 * @param after only entries with a higher id; 0 for the first page
 * @param limit how many at most
 */
public record JournalQuery(@Nullable String model, long after, int limit) {
  public JournalQuery {
    if (after < 0) {
      throw new IllegalArgumentException("`after` is 0 or more, not " + after);
    }
    if (limit < 1) {
      throw new IllegalArgumentException("`limit` is 1 or more, not " + limit);
    }
  }

  /** The first entries of all models. */
  public static JournalQuery first(int limit) {
    return new JournalQuery(null, 0, limit);
  }
}
