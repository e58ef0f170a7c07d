package io.evenkeel.monitoring.feedback;

import org.jspecify.annotations.Nullable;

/**
 * A prediction and its outcome.
 *
 * @param outcome null while it isn't known
 */
public record JudgedPrediction(KeptPrediction prediction, @Nullable KnownOutcome outcome) {}
