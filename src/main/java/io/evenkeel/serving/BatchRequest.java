package io.evenkeel.serving;

import io.evenkeel.contract.Row;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for many predictions, as it was read. Rows that break the contract are no fault of the
 * request: each gets its own problem.
 *
 * @param instances the rows; null where the body had none
 * @param envelope what stood around them
 */
public record BatchRequest(
    @NotEmpty(message = "an array with at least one instance, under the member `instances`") @Nullable List<Row> instances,
    @KeepsContract Envelope envelope) {}
