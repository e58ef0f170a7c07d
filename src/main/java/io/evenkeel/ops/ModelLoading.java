package io.evenkeel.ops;

import io.evenkeel.registry.AfterLoading;
import io.evenkeel.registry.ModelRegistry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Loads the models on a thread of its own as soon as the context starts, so that probes are
 * answered meanwhile. It starts before and ends after the web server: no request meets a registry
 * that is already closed. A context that is stopped and started again keeps what it has loaded. The
 * end waits for the version that is being loaded, because the process must not end under the native
 * library; the versions after it are left unloaded.
 */
@Component
final class ModelLoading implements SmartLifecycle, DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(ModelLoading.class);
  private static final int BEFORE_THE_WEB_SERVER = Integer.MIN_VALUE + 1000;
  private static final Duration LONGEST_LOAD = Duration.ofSeconds(10);

  private final ModelRegistry registry;
  private final List<AfterLoading> afterLoading;
  private volatile @Nullable Thread loader;
  private volatile boolean running;

  ModelLoading(ModelRegistry registry, List<AfterLoading> afterLoading) {
    this.registry = registry;
    this.afterLoading = List.copyOf(afterLoading);
  }

  @Override
  public void start() {
    running = true;
    if (loader == null) {
      loader = Thread.ofPlatform().name("model-loading").start(() -> registry.load(this::warmUp));
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
  public void destroy() {
    registry.close();
    Thread ending = loader;
    if (ending == null) {
      return;
    }
    try {
      if (!ending.join(LONGEST_LOAD)) {
        LOG.warn("A version is still being loaded; the process ends without the usual hooks");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a version is being loaded, even after the end. */
  boolean isLoading() {
    Thread current = loader;
    return current != null && current.isAlive();
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
