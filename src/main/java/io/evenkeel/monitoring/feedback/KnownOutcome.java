package io.evenkeel.monitoring.feedback;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An outcome, and since when it is known. Of two for the same prediction the later counts, in
 * whatever order they come.
 */
public record KnownOutcome(Outcome outcome, Instant at) {
  /** What an outcome changes. */
  public enum Effect {
    /** It is the first. */
    RECORDED,
    /** The same is known already. */
    UNCHANGED,
    /** It takes the place of another. */
    REPLACED,
    /** A later one is known already. */
    OUTDATED
  }

  /**
   * What this changes.
   *
   * @param before what is known; null where nothing is
   */
  public Effect after(@Nullable KnownOutcome before) {
    if (before == null) {
      return Effect.RECORDED;
    }
    if (before.outcome.equals(outcome)) {
      return Effect.UNCHANGED;
    }
    return at.isBefore(before.at) ? Effect.OUTDATED : Effect.REPLACED;
  }
}
