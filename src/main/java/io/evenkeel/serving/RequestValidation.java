package io.evenkeel.serving;

import io.evenkeel.contract.Violation;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hibernate.validator.engine.HibernateConstraintViolation;

/**
 * The Bean Validation layer: annotations say what the envelope needs, a constraint of our own asks
 * the contract about the instance, and every violation comes out as the same type. Thread-safe.
 */
public final class RequestValidation {
  private final Validator validator;

  public RequestValidation(Validator validator) {
    this.validator = validator;
  }

  /** Everything wrong with a request, the envelope first. */
  <T> List<Violation> violations(T request) {
    Set<ConstraintViolation<T>> found = validator.validate(request);
    if (found.isEmpty()) {
      return List.of();
    }
    List<Violation> violations = new ArrayList<>();
    for (ConstraintViolation<T> violation : found) {
      violations.add(translated(violation));
    }
    violations.sort(Comparator.comparing(Violation::pointer));
    return violations;
  }

  private static Violation translated(ConstraintViolation<?> violation) {
    HibernateConstraintViolation<?> carrier = violation.unwrap(HibernateConstraintViolation.class);
    Violation found = carrier.getDynamicPayload(Violation.class);
    if (found != null) {
      return found;
    }
    String member = violation.getPropertyPath().toString();
    String rule = violation.getInvalidValue() == null ? "required" : rule(violation);
    return new Violation("/" + member, "", rule, violation.getMessage(), null);
  }

  private static String rule(ConstraintViolation<?> violation) {
    String annotation =
        violation.getConstraintDescriptor().getAnnotation().annotationType().getSimpleName();
    return annotation.substring(0, 1).toLowerCase(Locale.ROOT) + annotation.substring(1);
  }
}
