package io.evenkeel.ops;

import io.evenkeel.monitoring.slo.QualityPromises;
import io.evenkeel.monitoring.slo.SloReport;
import io.evenkeel.monitoring.slo.SloWatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;

/**
 * {@code /actuator/slo}: how the objectives stand on this instance. It also lets the watch look.
 */
@Component
@Endpoint(id = "slo")
final class SloEndpoint implements DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(SloEndpoint.class);

  private final SloWatch watch;
  private final QualityPromises promises;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("slo-watch").factory());

  SloEndpoint(SloWatch watch, QualityPromises promises) {
    this.watch = watch;
    this.promises = promises;
    long nanos = SloWatch.EVERY.toNanos();
    var ignored = looks.scheduleWithFixedDelay(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private void look() {
    try {
      watch.look();
    } catch (RuntimeException e) {
      // Thrown on, it would end the watch.
      LOG.error("A look at the objectives failed because of a defect in Evenkeel", e);
    }
  }

  /** How they stand. */
  @ReadOperation
  public SloReport slo() {
    return watch.report().withQuality(promises.report());
  }

  @Override
  public void destroy() {
    looks.shutdownNow();
  }
}
