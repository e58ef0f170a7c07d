package io.evenkeel.monitoring.slo;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is promised, and what breaks a promise.
 *
 * @param objectives what is promised of which endpoint and model; docs/slo.md has the keys of each
 * @param bad which outcomes of a request break a promise: some of failed, expired, shed,
 *     unrecorded, degraded
 */
@ConfigurationProperties("evenkeel.slo")
public record SloProperties(
    @DefaultValue List<Objective> objectives,
    @DefaultValue({"failed", "expired", "shed", "unrecorded"}) Set<String> bad) {
  public SloProperties {
    // A mistake here stops the start, not the first request.
    Verdicts ignored = new Verdicts(bad);
    objectives = List.copyOf(objectives);
    bad = Set.copyOf(bad);
    Set<String> names = new HashSet<>();
    for (Objective objective : objectives) {
      if (!names.add(objective.name())) {
        throw new IllegalArgumentException(
            "evenkeel.slo.objectives: two have the name `" + objective.name() + "`");
      }
    }
  }

  /** What counts as bad. */
  public Verdicts verdicts() {
    return new Verdicts(bad);
  }
}
