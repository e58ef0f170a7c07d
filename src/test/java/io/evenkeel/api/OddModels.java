package io.evenkeel.api;

import io.evenkeel.registry.ScratchModels;
import io.evenkeel.registry.ScratchVersion;
import java.nio.file.Path;
import java.util.List;

/**
 * A models' folder with good versions, several that are broken in different ways, and graphs that
 * misbehave. Spring reuses one context for all tests that name this class.
 */
final class OddModels extends ServedFolder {
  private static final String NAN_CONTRACT =
      """
      schemaVersion: 1.0.0
      features:
        - {name: x, type: number}
      outputs: {task: regression, value: value, nonFinite: %s}
      """;

  private static final String NAN_GOLDEN =
      "{\"instance\": {\"x\": 1}, \"prediction\": {\"value\": 0}}\n";

  private static final String FALLBACK = "degradation:\n  - fallback: {version: '1'}\n";

  private static final String DEGRADATION =
      """
      degradation:
        - cache: {maxAge: 90m, maxSize: 1MB}
        - fallback: {version: '1'}
        - default: {value: 5}
      """;

  private static final String SLOW_CONTRACT =
      """
      schemaVersion: 1.0.0
      features:
        - {name: x, type: tensor, shape: [16]}
      outputs: {task: regression, value: value}
      """;

  private static final String SLOW_GOLDEN =
      "{\"instance\": {\"x\": [" + "1,".repeat(15) + "1]}, \"prediction\": {\"value\": 16}}\n";

  private static final String IRIS_CONTRACT =
      """
      schemaVersion: 1.0.0
      features:
        - {name: sepal_length, type: number, unit: cm}
        - {name: sepal_width, type: number, unit: cm}
        - {name: petal_length, type: number, unit: cm}
        - {name: petal_width, type: number, unit: cm}
      outputs:
        task: classification
        probabilities: output_probability
        label: output_label
        labels: [setosa, versicolor, virginica]
      """;

  private static final String IRIS_GOLDEN =
      "{\"instance\": {\"sepal_length\": 5.1, \"sepal_width\": 3.5, \"petal_length\": 1.4,"
          + " \"petal_width\": 0.2}, \"prediction\": {\"label\": \"setosa\"}}\n";

  @Override
  List<String> fill(Path root) {
    make(new ScratchModels(root));
    return List.of("evenkeel.models.path=" + root);
  }

  private static void make(ScratchModels models) {
    models.copy("diabetes/1", "diabetes/1");
    models.copy("diabetes/1", "diabetes/2").write("golden.jsonl", "{}");
    damaged(models, 3).replace("contract.yaml", "tensor: X", "tensor: Y").seal();
    damaged(models, 4).replace("golden.jsonl", "\"value\": 87.0", "\"value\": 88.0").seal();
    damaged(models, 5).replace("contract.yaml", "features:", "features: [").seal();
    damaged(models, 6).write("model.onnx", "garbage").seal();
    models.makeDoubling("poison/1");
    models.make("nan-reject/1", "nan", NAN_CONTRACT.formatted("reject"), NAN_GOLDEN);
    models.make("nan-null/1", "nan", NAN_CONTRACT.formatted("null"), NAN_GOLDEN);
    models.makeDoubling("degrading/1");
    models.make("degrading/2", "nan", NAN_CONTRACT.formatted("reject") + DEGRADATION, NAN_GOLDEN);
    models.makeDoubling("counted/1", "  - default: {value: 5}\n");
    models.makeDoubling("tripping/1");
    models.make("tripping/2", "nan", NAN_CONTRACT.formatted("reject") + FALLBACK, NAN_GOLDEN);
    models.make("slow/1", "slow", SLOW_CONTRACT, SLOW_GOLDEN);
    models.make("iris/1", "zipmap", IRIS_CONTRACT, IRIS_GOLDEN);
    models.writeRoutes("default: diabetes\nmodels:\n  diabetes: {stable: '1'}\n");
  }

  private static ScratchVersion damaged(ScratchModels models, int version) {
    return models.copy("diabetes/1", "diabetes/" + version);
  }
}
