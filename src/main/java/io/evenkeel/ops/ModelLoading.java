package io.evenkeel.ops;

import io.evenkeel.registry.AfterLoading;
import io.evenkeel.registry.ModelRegistry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Loads the models on a thread of its own as soon as the context starts, so that probes are
 * answered meanwhile. It starts before and stops after the web server: no request meets a registry
 * that is already closed. A stop waits for the version that is being loaded, because the process
 * must not end under the native library; the versions after it are left unloaded.
 */
@Component
final class ModelLoading implements SmartLifecycle {
  private static final int BEFORE_THE_WEB_SERVER = Integer.MIN_VALUE + 1000;
  private static final Duration LONGEST_LOAD = Duration.ofSeconds(10);

  private final ModelRegistry registry;
  private final List<AfterLoading> afterLoading;
  private volatile @Nullable Thread loader;

  ModelLoading(ModelRegistry registry, List<AfterLoading> afterLoading) {
    this.registry = registry;
    this.afterLoading = List.copyOf(afterLoading);
  }

  @Override
  public void start() {
    loader = Thread.ofPlatform().name("model-loading").start(() -> registry.load(this::warmUp));
  }

  private void warmUp() {
    afterLoading.forEach(AfterLoading::run);
  }

  @Override
  public void stop() {
    registry.close();
    Thread stopping = loader;
    if (stopping == null) {
      return;
    }
    try {
      if (stopping.join(LONGEST_LOAD)) {
        loader = null;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a version is being loaded, even after the stop. */
  boolean isLoading() {
    Thread current = loader;
    return current != null && current.isAlive();
  }

  @Override
  public boolean isRunning() {
    return loader != null;
  }

  @Override
  public int getPhase() {
    return BEFORE_THE_WEB_SERVER;
  }
}
