package io.evenkeel.serving;

import io.evenkeel.contract.Degradation;
import io.evenkeel.registry.ModelVersion;
import java.util.Objects;

/**
 * The mark of an answer that isn't what the version that was asked computed for it.
 *
 * @param mode where the answer comes from
 * @param missed the ending it stands for
 */
public record Degraded(Degradation.Mode mode, PredictionOutcome.Missed missed) {
  public Degraded {
    Objects.requireNonNull(missed.asked(), "only a version that was asked can be stood in for");
  }

  /** The version that was asked. */
  public ModelVersion asked() {
    return Objects.requireNonNull(missed.asked());
  }

  /** Why it didn't answer, in the word that answers use. */
  public String reason() {
    return missed.reason();
  }
}
