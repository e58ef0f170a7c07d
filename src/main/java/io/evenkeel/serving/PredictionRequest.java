package io.evenkeel.serving;

import io.evenkeel.contract.Row;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * A request for one prediction, as it was read.
 *
 * @param instance the row; null where the body had none
 * @param envelope what stood around it
 */
// NotNull is what Bean Validation checks, Nullable is what the compiler knows before it has.
@SuppressWarnings("MultipleNullnessAnnotations")
public record PredictionRequest(
    @NotNull(message = "an object with the features, under the member `instance`") @KeepsContract
        @Nullable Row instance,
    @KeepsContract Envelope envelope) {
  /**
   * Whether Bean Validation would find nothing. It is asked only where this is false: to find
   * nothing costs it as much as all the rest of a small model's validation.
   */
  boolean isSound() {
    return instance != null && instance.isValid() && envelope.violations().isEmpty();
  }
}
