package io.evenkeel.ops;

import io.evenkeel.contract.Mistake;
import io.evenkeel.registry.LiveRules;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Tells what is wrong with {@code rules.yaml}. It is up all the same: the server goes on serving by
 * the rules it has, and a restart would mend nothing.
 */
@Component("rules")
final class RulesHealthIndicator implements HealthIndicator {
  private final LiveRules rules;

  RulesHealthIndicator(LiveRules rules) {
    this.rules = rules;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    if (!rules.mistakes().isEmpty()) {
      health.withDetail("refused", rules.mistakes().stream().map(Mistake::toString).toList());
    }
    return health.build();
  }
}
