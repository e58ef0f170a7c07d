package io.evenkeel.serving.spi;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Row;
import io.evenkeel.inference.Prediction;

/**
 * One row that was answered.
 *
 * @param id the answer's id
 * @param model the model's name
 * @param version the version that answered
 * @param contract the contract the row keeps
 * @param row the row as it was read
 * @param prediction the answer
 */
public record PredictionEvent(
    String id, String model, String version, Contract contract, Row row, Prediction prediction) {}
