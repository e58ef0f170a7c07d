package io.evenkeel.ops;

import io.evenkeel.routing.Router;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Up when every routed version is ready. Part of the readiness probe. */
@Component("models")
final class ModelsHealthIndicator implements HealthIndicator {
  private final Router router;

  ModelsHealthIndicator(Router router) {
    this.router = router;
  }

  @Override
  public Health health() {
    List<String> obstacles = router.obstacles();
    return obstacles.isEmpty()
        ? Health.up().build()
        : Health.outOfService().withDetail("obstacles", obstacles).build();
  }
}
