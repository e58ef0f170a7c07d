package io.evenkeel.monitoring.feedback;

import java.util.UUID;

/**
 * Which prediction: of an answer to one instance its id alone, of a batch's answer its id and the
 * result's place.
 *
 * @param answer the answer's id
 * @param index the place in a batch, from 0; {@link #ALONE} of an answer to one instance
 */
public record PredictionId(UUID answer, int index) {
  public static final int ALONE = -1;

  public PredictionId {
    if (index < ALONE) {
      throw new IllegalArgumentException("index " + index + " is negative");
    }
  }
}
