package io.evenkeel.ops;

import io.evenkeel.registry.AfterLoading;
import io.evenkeel.registry.ModelRegistry;
import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Loads the models on a thread of its own as soon as the context starts, so that probes are
 * answered meanwhile. It starts before and stops after the web server: no request meets a registry
 * that is already closed.
 */
@Component
final class ModelLoading implements SmartLifecycle {
  private static final int BEFORE_THE_WEB_SERVER = Integer.MIN_VALUE + 1000;

  private final ModelRegistry registry;
  private final List<AfterLoading> afterLoading;
  private volatile boolean running;

  ModelLoading(ModelRegistry registry, List<AfterLoading> afterLoading) {
    this.registry = registry;
    this.afterLoading = List.copyOf(afterLoading);
  }

  @Override
  public void start() {
    running = true;
    Thread.ofPlatform().name("model-loading").start(() -> registry.load(this::warmUp));
  }

  private void warmUp() {
    afterLoading.forEach(AfterLoading::run);
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
