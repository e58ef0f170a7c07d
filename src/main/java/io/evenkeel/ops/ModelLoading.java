package io.evenkeel.ops;

import io.evenkeel.registry.AfterLoading;
import io.evenkeel.registry.ModelRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Loads the models on a thread of its own as soon as the context starts, so that probes are
 * answered meanwhile. It starts before and stops after the web server: no request meets a registry
 * that is already closed. A context that is stopped and started again keeps what it has loaded.
 */
@Component
final class ModelLoading implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ModelLoading.class);
  private static final int BEFORE_THE_WEB_SERVER = Integer.MIN_VALUE + 1000;

  private final ModelRegistry registry;
  private final List<AfterLoading> afterLoading;
  private final AtomicBoolean begun = new AtomicBoolean();
  private volatile boolean running;

  ModelLoading(ModelRegistry registry, List<AfterLoading> afterLoading) {
    this.registry = registry;
    this.afterLoading = List.copyOf(afterLoading);
  }

  @Override
  public void start() {
    running = true;
    if (begun.compareAndSet(false, true)) {
      Thread.ofPlatform().name("model-loading").start(() -> registry.load(this::warmUp));
    }
  }

  private void warmUp() {
    for (AfterLoading step : afterLoading) {
      try {
        step.run();
      } catch (RuntimeException e) {
        LOG.error("A step after loading failed; the server is ready without it", e);
      }
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return BEFORE_THE_WEB_SERVER;
  }
}
