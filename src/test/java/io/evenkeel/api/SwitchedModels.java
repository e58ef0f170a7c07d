package io.evenkeel.api;

import io.evenkeel.registry.ScratchModels;
import java.nio.file.Path;
import java.util.List;

/** A models' folder whose rules a test switches, looked at again and again without a pause. */
final class SwitchedModels extends ServedFolder {
  private static final String NAN_IMPUTED =
      """
      schemaVersion: 1.0.0
      features:
        - {name: x, type: number, nullable: true}
      inputs:
        - {tensor: X, columns: [{feature: x, transforms: [{impute: nan}]}]}
      outputs: {task: regression, value: value}
      """;

  @Override
  List<String> fill(Path root) {
    ScratchModels models = new ScratchModels(root);
    models.copy("loan-default/1", "loan-default/1");
    models.copy("loan-default/1", "loan-default/2");
    models.make(
        "nan-imputed/1",
        "poison",
        NAN_IMPUTED,
        "{\"instance\": {\"x\": 4}, \"prediction\": {\"value\": 8}}\n");
    models.writeRoutes("default: loan-default\nmodels:\n  loan-default: {stable: '1'}\n");
    return List.of("evenkeel.models.path=" + root, "evenkeel.rules.poll=5ms");
  }
}
