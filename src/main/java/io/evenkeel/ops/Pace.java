package io.evenkeel.ops;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How slowly a request may come. Whoever keeps it open for longer is disconnected: a client that
 * sends a byte now and then would hold its connection for ever otherwise.
 *
 * @param headTimeout how long the request line and the headers may take; up to half as long again,
 *     another time for each connection
 * @param bodyTimeout how long a body may take at least, however small; up to half as long again,
 *     another time for each connection
 * @param minBodyRate what a body must bring each second, once the timeout is over
 */
@ConfigurationProperties("evenkeel.connections")
record Pace(
    @DefaultValue("10s") Duration headTimeout,
    @DefaultValue("10s") Duration bodyTimeout,
    @DefaultValue("16KB") DataSize minBodyRate) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** By how much more the most patient connection waits. */
  private static final double SPREAD = 0.5;

  Pace {
    if (!headTimeout.isPositive() || !bodyTimeout.isPositive() || minBodyRate.toBytes() < 1) {
      throw new IllegalArgumentException(
          "evenkeel.connections: head-timeout and body-timeout must be longer than nothing, and"
              + " min-body-rate at least 1B");
    }
  }

  /**
   * For one connection: somewhat more patient, so that a thousand which came together aren't closed
   * in one moment, when others would have to wait for it.
   */
  Pace forOneConnection(RandomGenerator random) {
    double patience = 1 + SPREAD * random.nextDouble();
    return new Pace(longer(headTimeout, patience), longer(bodyTimeout, patience), minBodyRate);
  }

  private static Duration longer(Duration timeout, double times) {
    return Duration.ofNanos(Math.round(times * timeout.toNanos()));
  }

  boolean isHeadTooSlow(long nanos) {
    return nanos > headTimeout.toNanos();
  }

  boolean isBodyTooSlow(long nanos, long bytes) {
    double allowed = bodyTimeout.toNanos() + NANOS_PER_SECOND * bytes / minBodyRate.toBytes();
    return nanos > allowed;
  }
}
