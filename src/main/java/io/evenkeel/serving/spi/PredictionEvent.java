package io.evenkeel.serving.spi;

import io.evenkeel.admission.Endpoint;
import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Row;
import io.evenkeel.registry.ModelVersion;
import java.util.List;

/**
 * A request at its end. Its rows are those that were read, valid or not; each says itself what was
 * found about it. Don't keep it or its rows for longer than the call: a batch is large.
 *
 * @param asked the version it was routed to, even if another one answered
 * @param contract that version's, as its file has it
 * @param endpoint which kind of request it was
 * @param rows in the order of the body
 * @param outcome the word for its ending, as in metrics: {@code served}, {@code invalid}, ...
 */
public record PredictionEvent(
    ModelVersion asked, Contract contract, Endpoint endpoint, List<Row> rows, String outcome) {}
