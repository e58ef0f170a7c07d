package io.evenkeel.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written into the journal; the store adds number, time and revision.
 *
 * @param who the person or part that acted, at most 200 characters
 * @param why the reason they gave, at most 4,000 characters; may be empty
 * @param action what was done, one word such as {@code route-changed}, at most 100 characters
 * @param model the model it was done to, or null if it concerns no single one
 * @param before what was there before, as JSON, or null if nothing was
 * @param after what is there now, as JSON, or null if nothing is
 */
public record JournalDraft(
    String who,
    String why,
    String action,
    @Nullable String model,
    @Nullable String before,
    @Nullable String after) {
  public JournalDraft {
    Texts.requireName("who", who, Texts.NAME);
    Texts.require("why", why, Texts.REASON);
    Texts.requireName("action", action, Texts.WORD);
    if (model != null) {
      Texts.requireName("model", model, Texts.NAME);
    }
    if (before != null) {
      Texts.require("before", before, Texts.DOCUMENT);
    }
    if (after != null) {
      Texts.require("after", after, Texts.DOCUMENT);
    }
  }

  /** The entry that comes of it. */
  public JournalEntry written(long id, Instant at, long revision) {
    return new JournalEntry(id, at, who, why, action, model, before, after, revision);
  }
}
