package io.evenkeel.monitoring.slo;

import java.util.Set;
import java.util.TreeSet;

/**
 * Which endings of a request count, and as what. What its caller did wrong ({@code invalid}, {@code
 * unroutable}) or gave up ({@code abandoned}) counts for nothing: the service can't mend it.
 *
 * @param bad the outcomes that are bad
 */
public record Verdicts(Set<String> bad) {
  private static final Set<String> ANSWERS = Set.of("served", "degraded");
  private static final Set<String> MAY_BE_BAD =
      Set.of("failed", "expired", "shed", "unrecorded", "degraded");

  public Verdicts {
    bad = Set.copyOf(bad);
    if (bad.isEmpty() || !MAY_BE_BAD.containsAll(bad)) {
      throw new IllegalArgumentException(
          "evenkeel.slo.bad must be some of %s, not %s"
              .formatted(new TreeSet<>(MAY_BE_BAD), new TreeSet<>(bad)));
    }
  }

  boolean isBad(String outcome) {
    return bad.contains(outcome);
  }

  boolean isGood(String outcome) {
    return ANSWERS.contains(outcome) && !bad.contains(outcome);
  }

  static boolean isAnswer(String outcome) {
    return ANSWERS.contains(outcome);
  }
}
