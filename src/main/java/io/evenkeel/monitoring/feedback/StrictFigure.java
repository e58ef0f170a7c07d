package io.evenkeel.monitoring.feedback;

import io.evenkeel.monitoring.quality.Estimate;
import io.evenkeel.monitoring.quality.ExpectedAccuracy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a version, as it is judged by ({@link
 * io.evenkeel.monitoring.quality.StrictEstimate}).
 *
 * @param outcomes by how many it is measured
 * @param measured null where nothing can be measured
 * @param from when the first of the predictions with an outcome was made; null where there is none
 * @param to when the last of them was made; null where there is none
 * @param expected an estimate without outcomes; null for other figures than the accuracy, and where
 *     nothing was classified
 * @param misfits how many predictions the figure isn't of: labels where it is of values, or values
 *     where it is of labels
 */
public record StrictFigure(
    int outcomes,
    @Nullable Estimate measured,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable ExpectedAccuracy expected,
    int misfits) {}
