package io.evenkeel.serving;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Degradation;
import io.evenkeel.contract.Disclosure;
import io.evenkeel.registry.ModelVersion;
import java.util.Objects;

/**
 * The mark of an answer that isn't what the version that was asked computed for it.
 *
 * @param mode where the answer comes from
 * @param missed the ending it stands for
 * @param asking the contract of the version that was asked, which bounds what the answer shows too
 */
public record Degraded(Degradation.Mode mode, PredictionOutcome.Missed missed, Contract asking) {
  public Degraded {
    Objects.requireNonNull(missed.asked(), "only a version that was asked can be stood in for");
  }

  /** The version that was asked. */
  public ModelVersion asked() {
    return Objects.requireNonNull(missed.asked());
  }

  /** What both contracts allow to be shown. */
  Disclosure.Probabilities and(Contract answering) {
    return answering.disclosure().probabilities().and(asking.disclosure().probabilities());
  }

  /** Why it didn't answer, in the word that answers use. */
  public String reason() {
    return missed.reason();
  }
}
