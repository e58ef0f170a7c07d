package io.evenkeel.serving;

import io.evenkeel.contract.Violation;
import jakarta.validation.ConstraintValidatorContext;
import java.util.List;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;

/**
 * Carries a contract's violations through Bean Validation without losing pointer, rule or what
 * came. All go in one constraint violation: Hibernate Validator keeps a set of them, and takes two
 * for the same that differ in nothing but their payload.
 *
 * @param all in the order of the body
 */
record FoundViolations(List<Violation> all) {
  /** Reports them. Returns false, as a validator does that has found something. */
  static boolean report(List<Violation> violations, ConstraintValidatorContext context) {
    HibernateConstraintValidatorContext carrier =
        context.unwrap(HibernateConstraintValidatorContext.class);
    carrier.disableDefaultConstraintViolation();
    carrier
        .withDynamicPayload(new FoundViolations(violations))
        .buildConstraintViolationWithTemplate(carrier.getDefaultConstraintMessageTemplate())
        .addConstraintViolation();
    return false;
  }
}
