package io.evenkeel.ops;

import java.time.Duration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/**
 * The time between the wish to stop and the closing of the port. Readiness is down, so that load
 * balancers turn away; requests are still served, and each answer closes its connection, so that
 * callers connect elsewhere.
 */
@Component
@EnableConfigurationProperties(Draining.Properties.class)
final class Draining {
  /**
   * How long a stop is announced.
   *
   * @param drainDelay how long a stop is announced before the port closes: as long as load
   *     balancers need to notice
   */
  @ConfigurationProperties("evenkeel.ops")
  record Properties(@DefaultValue("1s") Duration drainDelay) {}

  private final ApplicationContext context;
  private final Duration delay;

  Draining(ApplicationContext context, Properties properties) {
    this.context = context;
    this.delay = properties.drainDelay();
  }

  /** Announces the stop and waits. */
  void drain() {
    AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
    try {
      Thread.sleep(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
