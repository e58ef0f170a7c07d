package io.evenkeel.ops;

import io.evenkeel.audit.AuditMode;
import io.evenkeel.audit.AuditProperties;
import io.evenkeel.audit.AuditTrail;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Tells why audit records can't be written, and how to mend it. Out of service only where somebody
 * gets no answer for it, that is in mode durable. Not part of the readiness probe: a full disk is
 * often that of all servers, and what is asked of other models is answered all the same.
 */
@Component("audit")
final class AuditHealthIndicator implements HealthIndicator {
  private final ObjectProvider<AuditTrail> audit;
  private final AuditProperties properties;

  AuditHealthIndicator(ObjectProvider<AuditTrail> audit, AuditProperties properties) {
    this.audit = audit;
    this.properties = properties;
  }

  @Override
  public Health health() {
    AuditTrail trail = audit.getIfAvailable();
    return of(
        properties.strictest(),
        trail == null ? null : trail.failure(),
        properties.path().toString());
  }

  static Health of(AuditMode strictest, @Nullable String failure, String folder) {
    boolean isRefused = failure != null && strictest == AuditMode.DURABLE;
    Health.Builder health = isRefused ? Health.outOfService() : Health.up();
    health.withDetail("mode", strictest.name().toLowerCase(Locale.ROOT));
    if (failure != null) {
      health
          .withDetail("failure", failure)
          .withDetail(
              "mend",
              "look at the disk of `"
                  + folder
                  + "` (evenkeel.audit.path): is it full, is it read-only, may the server write"
                  + " there? It is tried again by itself");
    }
    return health.build();
  }
}
