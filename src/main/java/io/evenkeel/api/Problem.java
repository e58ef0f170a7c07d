package io.evenkeel.api;

import io.evenkeel.contract.Violation;
import java.util.List;
import java.util.Map;

/**
 * A problem as it is answered. Holds nothing of the server's inside: no stack, class name or path.
 *
 * @param kind what kind it is
 * @param detail what happened this time, and how to mend it
 * @param violations what breaks the contract; empty for any other kind
 * @param extensions further members, each a text or a whole number
 */
record Problem(
    ProblemKind kind, String detail, List<Violation> violations, Map<String, Object> extensions) {
  Problem {
    violations = List.copyOf(violations);
    extensions = Map.copyOf(extensions);
  }

  static Problem of(ProblemKind kind, String detail) {
    return new Problem(kind, detail, List.of(), Map.of());
  }

  static Problem violations(List<Violation> violations, int omitted) {
    int count = violations.size() + omitted;
    String detail =
        count + (count == 1 ? " violation; see `violations`" : " violations; see `violations`");
    Map<String, Object> extensions = omitted == 0 ? Map.of() : Map.of("omittedViolations", omitted);
    return new Problem(ProblemKind.CONTRACT_VIOLATION, detail, violations, extensions);
  }

  Problem with(Map<String, Object> more) {
    return new Problem(kind, detail, violations, more);
  }
}
