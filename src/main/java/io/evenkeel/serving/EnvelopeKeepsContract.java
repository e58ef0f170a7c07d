package io.evenkeel.serving;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Says each violation that was found around the instances. */
final class EnvelopeKeepsContract implements ConstraintValidator<KeepsContract, Envelope> {
  @Override
  public boolean isValid(@Nullable Envelope envelope, ConstraintValidatorContext context) {
    return envelope == null
        || envelope.violations().isEmpty()
        || FoundViolations.report(envelope.violations(), context);
  }
}
