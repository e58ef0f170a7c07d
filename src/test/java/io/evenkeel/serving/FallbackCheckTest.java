package io.evenkeel.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ScratchModels;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FallbackCheckTest {
  private static final String TO_1 = "  - fallback: {version: '1'}\n";

  @TempDir private Path root;

  private void assertObstacle(ScratchModels models, String obstacle) {
    try (ModelRegistry registry = models.loaded()) {
      assertThat(new FallbackCheck(registry).obstacles())
          .containsExactly("Model m 2 can't fall back: " + obstacle);
    }
  }

  @Test
  void findsNothingWrongWithAFallbackThatServes() {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/1", "  - default: {value: 1}\n");
    models.makeDoubling("m/2", TO_1);
    try (ModelRegistry registry = models.loaded()) {
      assertThat(new FallbackCheck(registry).obstacles()).isEmpty();
    }
  }

  @Test
  void missesAVersionThatIsNotThere() {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/2", TO_1);
    assertObstacle(models, "there is no version `1`; add its folder, or change the contract");
  }

  @Test
  void missesAVersionThatFailed() {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/1").write("golden.jsonl", "");
    models.makeDoubling("m/2", TO_1);
    assertObstacle(models, "version `1` is FAILED; mend it first");
  }

  @Test
  void comparesWhatBothRead() {
    ScratchModels models = new ScratchModels(root);
    models
        .makeDoubling("m/1")
        .replace("contract.yaml", "type: number}", "type: number, maximum: 9}")
        .seal();
    models.makeDoubling("m/2", TO_1);
    assertObstacle(
        models,
        "version `1` has other features or rules; give both contracts the same, in the same"
            + " order");
  }
}
