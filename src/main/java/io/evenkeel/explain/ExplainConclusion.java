package io.evenkeel.explain;

import io.evenkeel.contract.Row;
import io.evenkeel.routing.Routing;
import org.jspecify.annotations.Nullable;

/**
 * The end of a walk: the outcome for the caller, and what was seen of the request.
 *
 * @param to where it was routed; null where it was routed nowhere
 * @param row that was read, valid or not; null where none was
 */
public record ExplainConclusion(
    ExplainOutcome outcome, Routing.@Nullable Routed to, @Nullable Row row) {}
