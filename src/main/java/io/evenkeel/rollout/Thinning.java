package io.evenkeel.rollout;

import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Which requests of a key count. A key always has the same arm, so what its requests have in common
 * must not be counted again and again: one caller who always sends what the model fails on would
 * look like a failing arm. Not thread-safe.
 */
sealed interface Thinning permits OncePerStep, SomePerMinute {
  /** What a request may be counted as. */
  enum Standing {
    /** Its key's arm isn't known yet. */
    NEW,
    /** Its key may have been counted in an earlier step, under a lower share. */
    SEEN_BEFORE,
    /** It doesn't count. */
    REPEATED
  }

  /** Takes note of a request. */
  Standing note(long key, Instant now);

  /** The next step begins. */
  void beginStep();

  Map<String, Object> save();

  void load(JsonNode saved);

  /**
   * @param bits of each set of keys
   */
  static Thinning of(PerKey perKey, int bits) {
    return perKey.isOnce() ? new OncePerStep(bits) : new SomePerMinute(perKey.perMinute());
  }
}
