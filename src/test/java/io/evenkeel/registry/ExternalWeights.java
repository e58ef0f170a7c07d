package io.evenkeel.registry;

import io.evenkeel.registry.artifact.graph.Proto;
import io.evenkeel.registry.artifact.graph.TestModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Versions with weights beside their graph: they answer with their only feature {@code x}, to which
 * they add 4.
 */
public final class ExternalWeights {
  /** So many that ONNX Runtime leaves them where they lie. */
  static final int COUNT = 1 << 20;

  static final String CONTRACT =
      """
      schemaVersion: 1.0.0
      features:
        - {name: x, type: number}
      outputs: {task: regression, value: value}
      """;

  static final String GOLDEN = "{\"instance\": {\"x\": 4}, \"prediction\": {\"value\": 8}}\n";

  private ExternalWeights() {}

  /**
   * Makes such a version, sealed.
   *
   * @param file where the weights are, such as {@code weights/part.bin}
   */
  public static ScratchVersion make(ScratchModels models, String as, String file) {
    return make(models, as, file, file);
  }

  /**
   * The same with a graph that looks for them elsewhere.
   *
   * @param location where the graph says they are
   */
  public static ScratchVersion make(ScratchModels models, String as, String file, String location) {
    Proto weights =
        TestModels.external(
            TestModels.tensor("w", TestModels.FLOAT, 1, COUNT), "location", location);
    return make(models, as, file, TestModels.adding(weights));
  }

  /** The same with any graph. */
  public static ScratchVersion make(ScratchModels models, String as, String file, Proto graph) {
    Path folder = models.root().resolve(as);
    try {
      Files.createDirectories(folder.resolve(file).getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ScratchVersion(folder)
        .write("model.onnx", graph.toBytes())
        .write("contract.yaml", CONTRACT)
        .write("golden.jsonl", GOLDEN)
        .write(file, TestModels.floats(COUNT, 4))
        .seal();
  }
}
