package io.evenkeel.ops;

import io.evenkeel.contract.Mistake;
import io.evenkeel.control.RouteControl;
import io.evenkeel.control.store.StateOpening;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Tells what is wrong with the control state or with {@code routes.yaml}. It is up all the same:
 * whether the server is ready, {@link ModelsHealthIndicator} says.
 */
@Component("control")
final class ControlHealthIndicator implements HealthIndicator {
  private final StateOpening opening;
  private final RouteControl control;

  ControlHealthIndicator(StateOpening opening, RouteControl control) {
    this.opening = opening;
    this.control = control;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up().withDetail("routesRevision", control.revision());
    String obstacle = opening.obstacle();
    if (obstacle != null) {
      health.withDetail("obstacle", obstacle);
    }
    if (!control.mistakes().isEmpty()) {
      health.withDetail("refused", control.mistakes().stream().map(Mistake::toString).toList());
    }
    return health.build();
  }
}
