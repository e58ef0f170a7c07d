package io.evenkeel.contract;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * That clients should move on from something that still serves.
 *
 * @param since the day from which on they should
 * @param sunset the day from whose start (UTC) it isn't served any more; null where none is set
 * @param message what to do instead; null where nothing was said
 */
public record Deprecation(LocalDate since, @Nullable LocalDate sunset, @Nullable String message) {}
