package io.evenkeel.ops;

import io.evenkeel.control.ControlStateException;
import io.evenkeel.control.ControlStore;
import io.evenkeel.control.RouteControl;
import io.evenkeel.control.remediation.RemediationControl;
import io.evenkeel.control.rollouts.RolloutControl;
import io.evenkeel.control.store.StateOpening;
import io.evenkeel.registry.RegistryProperties;
import io.evenkeel.routing.Router;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Lets the routes wait for the control state, which is opened while the models load, and then looks
 * again and again at {@code routes.yaml}, at what others have decided who share the state, and at
 * the rollouts.
 */
@Component
final class ControlWatch implements InitializingBean, DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(ControlWatch.class);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

  private final StateOpening opening;
  private final RouteControl control;
  private final RolloutControl rollouts;
  private final RemediationControl remediation;
  private final Router router;
  private final Duration poll;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("control").factory());

  /** What went wrong at the last look; null where nothing did. */
  private @Nullable String failure;

  ControlWatch(
      StateOpening opening,
      RouteControl control,
      RolloutControl rollouts,
      RemediationControl remediation,
      Router router,
      RegistryProperties properties,
      MeterRegistry meters) {
    this.opening = opening;
    this.control = control;
    this.rollouts = rollouts;
    this.remediation = remediation;
    this.router = router;
    this.poll = properties.poll();
    Gauge.builder("evenkeel.routes.revision", router, Router::revision)
        .description("The revision of the routes that is in force")
        .register(meters);
    Gauge.builder("evenkeel.routes.refused", control, found -> found.mistakes().isEmpty() ? 0 : 1)
        .description("1 while routes.yaml can't be used, and the routes are as they were before")
        .register(meters);
    Gauge.builder("evenkeel.control.state.open", control, found -> found.isOpen() ? 1 : 0)
        .description("1 once the control state is open")
        .register(meters);
  }

  /** Before the server answers anybody. */
  @Override
  public void afterPropertiesSet() {
    router.waitFor("the routes wait for the control state, which isn't open yet");
    var ignored = opening.opened().thenAcceptAsync(this::begin, thread);
  }

  private void begin(ControlStore store) {
    long nanos = poll.toNanos();
    var ignored = thread.scheduleWithFixedDelay(() -> look(store), 0, nanos, TimeUnit.NANOSECONDS);
  }

  private void look(ControlStore store) {
    try {
      if (control.isOpen()) {
        control.look();
      } else {
        control.open(store);
      }
      rollouts.look();
      remediation.look();
      failure = null;
    } catch (ControlStateException e) {
      if (!String.valueOf(e.getMessage()).equals(failure)) {
        failure = e.getMessage();
        LOG.error("The routes stay as they are. {}", failure);
      }
    } catch (RuntimeException e) {
      // Thrown on, it would end the watch.
      LOG.error("A look at the routes failed because of a defect in Evenkeel", e);
    }
  }

  /** The store is closed after this. */
  @Override
  public void destroy() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LONGEST_LOOK.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.warn("A look at the routes takes long; the server ends all the same");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
