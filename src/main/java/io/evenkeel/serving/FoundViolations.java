package io.evenkeel.serving;

import io.evenkeel.contract.Violation;
import jakarta.validation.ConstraintValidatorContext;
import java.util.List;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;

/**
 * Carries a contract's violations through Bean Validation without losing pointer, rule or what
 * came.
 */
final class FoundViolations {
  private FoundViolations() {}

  /**
   * Adds each as a constraint violation. Returns false, as a validator does that has found
   * something.
   */
  static boolean report(List<Violation> violations, ConstraintValidatorContext context) {
    HibernateConstraintValidatorContext carrier =
        context.unwrap(HibernateConstraintValidatorContext.class);
    carrier.disableDefaultConstraintViolation();
    for (Violation violation : violations) {
      carrier
          .withDynamicPayload(violation)
          .buildConstraintViolationWithTemplate(violation.rule())
          .addConstraintViolation();
    }
    return false;
  }
}
