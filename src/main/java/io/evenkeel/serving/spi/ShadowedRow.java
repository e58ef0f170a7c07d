package io.evenkeel.serving.spi;

import io.evenkeel.registry.ModelVersion;

/**
 * What a candidate made of a copy of a row that the stable version has answered.
 *
 * @param stable the version that answered
 * @param candidate the version that saw the copy
 * @param routingKey that of the request, by which those who come again and again are told
 * @param result how its answer compares
 * @param distance how far the two answers are apart: of classifications the total variation of the
 *     probabilities, from 0 to 1; of other answers their relative difference, from 0 to 2; NaN
 *     where there is no answer, or the two have no numbers in common
 * @param laneNanos how long the candidate took, from the entry to its lane to the answer
 */
public record ShadowedRow(
    ModelVersion stable,
    ModelVersion candidate,
    String routingKey,
    Result result,
    double distance,
    long laneNanos) {
  /** How a candidate's answer compares with the stable version's. */
  public enum Result {
    /** The same label; or numbers that are as near to each other as the settings ask. */
    AGREE,
    DIFFER,
    /** It gave no answer: it failed on the row, or was late. */
    FAILED
  }
}
