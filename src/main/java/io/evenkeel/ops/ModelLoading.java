package io.evenkeel.ops;

import io.evenkeel.registry.AfterLoading;
import io.evenkeel.registry.ModelRegistry;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Loads the models on a thread of its own while the rest of the context is still being built, so
 * that the server is ready sooner and probes are answered meanwhile. It ends after the web server:
 * no request meets a registry that is already closed. The end waits for the version that is being
 * loaded, because the process must not end under the native library; the versions after it are left
 * unloaded.
 */
@Component
final class ModelLoading implements InitializingBean, DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(ModelLoading.class);
  private static final Duration LONGEST_LOAD = Duration.ofSeconds(10);

  private final ModelRegistry registry;
  private final List<AfterLoading> afterLoading;
  private final Thread loader;

  ModelLoading(ModelRegistry registry, List<AfterLoading> afterLoading) {
    this.registry = registry;
    this.afterLoading = List.copyOf(afterLoading);
    this.loader =
        Thread.ofPlatform().name("model-loading").unstarted(() -> registry.load(this::warmUp));
  }

  /** Not when the context starts: by then a third of the start is over. */
  @Override
  public void afterPropertiesSet() {
    loader.start();
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
  public void destroy() {
    registry.close();
    try {
      if (!loader.join(LONGEST_LOAD)) {
        LOG.warn("A version is still being loaded; the process ends without the usual hooks");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a version is being loaded, even after the end. */
  boolean isLoading() {
    return loader.isAlive();
  }
}
