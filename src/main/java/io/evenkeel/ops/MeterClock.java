package io.evenkeel.ops;

import io.micrometer.core.instrument.Clock;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The clock of the meters. A timer asks for the time of day twice whenever it records, only to see
 * whether a window of minutes is over: for one request that makes fourteen times. So this time of
 * day is up to a second old; what durations are measured by is exact. Thread-safe.
 */
@Component
final class MeterClock implements Clock, DisposableBean {
  private final InstantSource source;
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("meter-clock").factory());

  private volatile long wallMillis;

  MeterClock() {
    this(InstantSource.system());
    var ignored = ticks.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  /** One that doesn't go by itself. */
  MeterClock(InstantSource source) {
    this.source = source;
    this.wallMillis = source.millis();
  }

  void tick() {
    wallMillis = source.millis();
  }

  @Override
  public long wallTime() {
    return wallMillis;
  }

  @Override
  public long monotonicTime() {
    return System.nanoTime();
  }

  @Override
  public void destroy() {
    ticks.shutdownNow();
  }
}
