package io.evenkeel.ops;

import io.evenkeel.registry.AfterLoading;
import io.evenkeel.registry.LoadingThread;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.VersionListener;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Loads the models while the rest of the context is still being built, so that the server is ready
 * sooner and probes are answered meanwhile; then keeps them as their folder has them. It ends after
 * the web server: no request meets a registry that is already closed. The end waits for the version
 * that is being loaded, because the process must not end under the native library; the versions
 * after it are left unloaded.
 */
@Component
final class ModelLoading implements InitializingBean, DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(ModelLoading.class);
  private static final Duration LONGEST_LOAD = Duration.ofSeconds(10);

  private final ModelRegistry registry;
  private final List<AfterLoading> afterLoading;
  private final LoadingThread loading;

  ModelLoading(
      ModelRegistry registry,
      LoadingThread loading,
      List<AfterLoading> afterLoading,
      List<VersionListener> listeners) {
    this.registry = registry;
    this.loading = loading;
    this.afterLoading = List.copyOf(afterLoading);
    listeners.forEach(registry::listen);
  }

  /** Not when the context starts: by then a third of the start is over. */
  @Override
  public void afterPropertiesSet() {
    loading.start(this::warmUp);
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
      if (!loading.stop(LONGEST_LOAD)) {
        LOG.warn("A version is still being loaded; the process ends without the usual hooks");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a version is being loaded, even after the end. */
  boolean isLoading() {
    return loading.isBusy();
  }
}
