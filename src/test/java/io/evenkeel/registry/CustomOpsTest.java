package io.evenkeel.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.contract.Mistake;
import io.evenkeel.registry.ModelVersion.State;
import io.evenkeel.registry.artifact.ArtifactPolicy;
import io.evenkeel.registry.artifact.Artifacts;
import io.evenkeel.registry.artifact.SignatureCheck;
import io.evenkeel.registry.artifact.graph.Proto;
import io.evenkeel.registry.artifact.graph.TestModels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real library of operators, of ONNX Runtime's extensions. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class CustomOpsTest {
  private static final String LIBRARY = "custom.so";
  private static final ArtifactPolicy ALLOWED =
      new ArtifactPolicy(1L << 30, false, Set.of(LIBRARY));

  @TempDir private Path root;

  /** Yields what of x is positive. */
  private ScratchModels models() throws IOException {
    Proto split =
        new Proto()
            .put(1, "x")
            .put(2, "negative")
            .put(2, "value")
            .put(4, "NegPos")
            .put(7, "ai.onnx.contrib");
    Proto graph =
        new Proto()
            .put(1, split)
            .put(2, "splitting")
            .put(11, TestModels.column("x"))
            .put(12, TestModels.column("value"));
    Proto model = TestModels.model(graph).put(8, new Proto().put(1, "ai.onnx.contrib").put(2, 1));
    ScratchModels models = new ScratchModels(root);
    ScratchVersion version =
        ExternalWeights.make(models, "m/1", "unused.bin", model)
            .write("golden.jsonl", "{\"instance\": {\"x\": 4}, \"prediction\": {\"value\": 4}}\n");
    String name = "/ai/onnxruntime/extensions/native/linux-x64/libonnxruntime_extensions4j_jni.so";
    try (InputStream library =
        Objects.requireNonNull(CustomOpsTest.class.getResourceAsStream(name))) {
      version.write(LIBRARY, library.readAllBytes()).seal();
    }
    models.makeDoubling("good/1");
    return models;
  }

  @Test
  void refusesALibraryThatIsNotAllowed() throws IOException {
    try (ModelRegistry registry = models().loaded()) {
      assertThat(requireNonNull(registry.find("m", "1")).mistakes())
          .extracting(Mistake::file)
          .containsExactly(LIBRARY);
      assertThat(requireNonNull(registry.find("good", "1")).state()).isEqualTo(State.READY);
    }
  }

  @Test
  void runsTheOperatorsOfALibraryThatIsAllowed() throws IOException {
    try (ModelRegistry registry = models().loaded(new Artifacts(ALLOWED, SignatureCheck.off()))) {
      ModelVersion version = requireNonNull(registry.find("m", "1"));
      assertThat(version.mistakes()).isEmpty();
      assertThat(version.state()).isEqualTo(State.READY);
    }
  }

  @Test
  void saysWhatIsWrongWithALibraryThatCannotBeLoaded() throws IOException {
    ScratchModels models = models();
    new ScratchVersion(root.resolve("m/1")).write(LIBRARY, "no library").seal();
    try (ModelRegistry registry = models.loaded(new Artifacts(ALLOWED, SignatureCheck.off()))) {
      ModelVersion version = requireNonNull(registry.find("m", "1"));
      assertThat(version.state()).isEqualTo(State.FAILED);
      assertThat(version.mistakes())
          .singleElement()
          .satisfies(mistake ->
              assertThat(mistake.cause())
                  .contains("the graph can't be loaded")
                  .doesNotContain("/tmp"));
    }
  }
}
