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

  /** Everything wrong with a request: the envelope first, then in the order of the body. */
  public <T> List<Violation> violations(T request) {
    Set<ConstraintViolation<T>> found = validator.validate(request);
    if (found.isEmpty()) {
      return List.of();
    }
    List<Violation> violations = new ArrayList<>();
    for (ConstraintViolation<T> violation : inOrder(found)) {
      HibernateConstraintViolation<?> carrier =
          violation.unwrap(HibernateConstraintViolation.class);
      FoundViolations carried = carrier.getDynamicPayload(FoundViolations.class);
      if (carried != null) {
        violations.addAll(carried.all());
      } else if (!isUnreadable(member(violation), violations)) {
        violations.add(translated(violation));
      }
    }
    return violations;
  }

  private static <T> List<ConstraintViolation<T>> inOrder(Set<ConstraintViolation<T>> found) {
    return found.stream().sorted(Comparator.comparing(RequestValidation::member)).toList();
  }

  /** {@code envelope}, {@code instance} or {@code instances}, which is also the order to tell. */
  private static String member(ConstraintViolation<?> violation) {
    return violation.getPropertyPath().toString();
  }

  /** Whether a member looks absent only because it, or what should hold it, has a wrong type. */
  private static boolean isUnreadable(String member, List<Violation> ofEnvelope) {
    return ofEnvelope.stream()
        .anyMatch(violation ->
            violation.rule().equals("type") && ("/" + member).startsWith(violation.pointer()));
  }

  private static Violation translated(ConstraintViolation<?> violation) {
    String rule = violation.getInvalidValue() == null ? "required" : rule(violation);
    return new Violation("/" + member(violation), "", rule, violation.getMessage(), null);
  }

  private static String rule(ConstraintViolation<?> violation) {
    String annotation =
        violation.getConstraintDescriptor().getAnnotation().annotationType().getSimpleName();
    return annotation.substring(0, 1).toLowerCase(Locale.ROOT) + annotation.substring(1);
  }
}
