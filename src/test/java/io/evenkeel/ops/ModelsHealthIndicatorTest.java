package io.evenkeel.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.RoutesFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class ModelsHealthIndicatorTest {
  @TempDir private Path root;

  @Test
  void isUpThoughAVersionThatIsNotRoutedFailed() {
    ScratchModels models = models();
    models.writeRoutes("default: m\nmodels: {m: {stable: '1'}}\n");
    assertThat(health(models).getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void isOutOfServiceAndSaysWhyWhereTheRoutedVersionFailed() {
    ScratchModels models = models();
    models.writeRoutes("default: m\nmodels: {m: {stable: '2'}}\n");
    Health health = health(models);
    assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    assertThat(health.getDetails()).containsEntry("obstacles", List.of("m 2 is FAILED"));
  }

  private ScratchModels models() {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/1");
    models.makeDoubling("m/2").write("golden.jsonl", "");
    return models;
  }

  private Health health(ScratchModels models) {
    try (ModelRegistry registry = models.loaded()) {
      return new ModelsHealthIndicator(new Router(registry, RoutesFile.read(root), "m")).health();
    }
  }
}
