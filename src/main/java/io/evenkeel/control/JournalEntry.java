package io.evenkeel.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened, as the journal has it. Entries are never changed.
 *
 * @param id 1 for the first, one more with each
 * @param at when it was written, in whole microseconds
 * @param who the person or part that acted
 * @param why the reason they gave
 * @param action what was done
 * @param model the model it was done to, or null if it concerns no single one
 * @param before what was there before, as JSON, or null if nothing was
 * @param after what is there now, as JSON, or null if nothing is
 * @param revision the revision that was in force afterwards; 0 if there was none yet
 */
public record JournalEntry(
    long id,
    Instant at,
    String who,
    String why,
    String action,
    @Nullable String model,
    @Nullable String before,
    @Nullable String after,
    long revision) {}
