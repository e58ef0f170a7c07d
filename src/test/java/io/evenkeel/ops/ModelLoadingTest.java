package io.evenkeel.ops;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.registry.AfterLoading;
import io.evenkeel.registry.LoadingThread;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.ModelsWatch;
import io.evenkeel.registry.RegistryProperties;
import io.evenkeel.registry.ScratchModels;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLoadingTest {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private ModelRegistry registry;
  @TempDir private Path root;

  @BeforeEach
  void findAVersion() {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/1");
    registry = models.found();
  }

  private ModelLoading modelLoading(List<AfterLoading> steps) {
    RegistryProperties properties = new ScratchModels(root).properties();
    ModelsWatch watch =
        new ModelsWatch(properties, registry, version -> false, InstantSource.system());
    return new ModelLoading(
        registry, new LoadingThread(watch, properties.poll()), steps, List.of());
  }

  @AfterEach
  void unload() {
    registry.close();
  }

  @Test
  void warmsUpBeforeTheRegistryCallsItselfLoaded() throws InterruptedException {
    AtomicBoolean loadedBefore = new AtomicBoolean(true);
    ModelLoading loading = modelLoading(List.of(() -> loadedBefore.set(registry.isLoaded())));
    loading.afterPropertiesSet();
    assertThat(registry.awaitLoaded(LONGEST)).isTrue();
    assertThat(loadedBefore).isFalse();
  }

  @Test
  void unloadsAtTheEndAndWaitsForTheLoader() throws InterruptedException {
    ModelLoading loading = modelLoading(List.of());
    loading.afterPropertiesSet();
    assertThat(registry.awaitLoaded(LONGEST)).isTrue();
    loading.destroy();
    assertThat(requireNonNull(registry.find("m", "1")).state())
        .isEqualTo(ModelVersion.State.RETIRED);
    assertThat(loading.isLoading()).isFalse();
  }

  @Test
  void becomesReadyThoughAStepAfterLoadingFails() throws InterruptedException {
    AtomicInteger done = new AtomicInteger();
    ModelLoading loading =
        modelLoading(
            List.of(
                () -> {
                  throw new IllegalStateException("no warm-up today");
                },
                done::incrementAndGet));
    loading.afterPropertiesSet();
    assertThat(registry.awaitLoaded(LONGEST)).isTrue();
    assertThat(done).hasValue(1);
  }
}
