package io.evenkeel.ops;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/**
 * The time between the wish to stop and the end of the last request. First readiness goes down, so
 * that load balancers turn away; requests are still served, and each answer closes its connection,
 * so that callers connect elsewhere. Then the port closes, and what has been accepted is answered.
 */
@Component
@EnableConfigurationProperties(Draining.Properties.class)
final class Draining {
  /**
   * How long a stop is announced, and how long it may take.
   *
   * @param drainDelay how long a stop is announced before the port closes: as long as load
   *     balancers need to notice
   * @param drainTimeout after the delay: how long the requests in progress may take
   */
  @ConfigurationProperties("evenkeel.ops")
  record Properties(
      @DefaultValue("1s") Duration drainDelay, @DefaultValue("15s") Duration drainTimeout) {}

  private final ApplicationContext context;
  private final Port port;
  private final Properties properties;
  private final CountDownLatch impatience = new CountDownLatch(1);

  Draining(ApplicationContext context, Port port, Properties properties) {
    this.context = context;
    this.port = port;
    this.properties = properties;
  }

  /**
   * Announces the stop, waits for the delay, closes the port and waits for the last answers.
   *
   * @return whether every accepted request has been answered
   */
  boolean drain() {
    AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
    port.announceClosing();
    awaitDelay();
    port.stopListening();
    return port.awaitAnswers(properties.drainTimeout());
  }

  private void awaitDelay() {
    try {
      boolean ignored = impatience.await(properties.drainDelay().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Somebody wants this thread back: what has been accepted is answered all the same.
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the delay. Requests in progress are answered all the same. */
  void hurry() {
    impatience.countDown();
  }
}
