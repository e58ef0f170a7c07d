package io.evenkeel.serving.shadow;

import io.evenkeel.contract.Row;
import io.evenkeel.inference.Prediction;

/**
 * A row that was answered, for the shadow to answer too.
 *
 * @param comparison to which it belongs
 * @param routingKey the request's
 * @param row that keeps the stable version's contract
 * @param prediction what was answered
 * @param single whether it was a request of its own, and no row of a batch
 * @param laneMicros how long the request waited and ran in the stable version's lane
 */
record Copy(
    Comparison comparison,
    String routingKey,
    Row row,
    Prediction prediction,
    boolean single,
    int laneMicros) {}
