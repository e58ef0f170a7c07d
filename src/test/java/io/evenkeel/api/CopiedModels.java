package io.evenkeel.api;

import io.evenkeel.registry.ScratchModels;
import io.evenkeel.registry.ScratchVersion;
import java.nio.file.Path;
import java.util.List;

/**
 * A bundled version many times over, since a version is watched once: version 1 is left alone, the
 * others are for runs with planted drifts. All rows are looked at.
 */
abstract class CopiedModels extends ServedFolder {
  /** Runs of each drift; more of them give the tables of docs/drift.md. */
  static final int RUNS = Integer.getInteger("evenkeel.drift-runs", 3);

  private final String model;
  private final int copies;

  CopiedModels(String model, int copies) {
    this.model = model;
    this.copies = copies;
  }

  /** A copy may differ a little. */
  abstract void change(ScratchVersion copy, int version);

  @Override
  List<String> fill(Path root) {
    ScratchModels models = new ScratchModels(root);
    for (int version = 1; version <= 1 + copies; version++) {
      change(models.copy(model + "/1", model + "/" + version), version);
    }
    models.writeRoutes("default: %s\nmodels:\n  %s: {stable: '1'}\n".formatted(model, model));
    return List.of("evenkeel.models.path=" + root, "evenkeel.drift.max-rows-per-second=1000000");
  }
}
