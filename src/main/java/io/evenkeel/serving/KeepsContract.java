package io.evenkeel.serving;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The row keeps the contract it was read by, or the members of an envelope are all known. */
@Target({
  ElementType.FIELD,
  ElementType.METHOD,
  ElementType.PARAMETER,
  ElementType.RECORD_COMPONENT,
  ElementType.TYPE_USE
})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {RowKeepsContract.class, EnvelopeKeepsContract.class})
@interface KeepsContract {
  String message() default "values that keep the model's contract";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
