package io.evenkeel.api;

import io.evenkeel.registry.ScratchModels;
import java.nio.file.Path;
import java.util.List;

/**
 * Versions that an operator routes: {@code m} 1 to 3, of which 3 fails, looked at without a pause.
 */
final class AdminModels extends ServedFolder {
  @Override
  List<String> fill(Path root) {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/1");
    models.makeDoubling("m/2");
    models.makeDoubling("m/3").replace("golden.jsonl", "8", "9").seal();
    models.makeDoubling("m/4");
    models.writeRoutes("default: m\nmodels:\n  m: {stable: '1'}\n");
    return List.of("evenkeel.models.path=" + root, "evenkeel.models.poll=5ms");
  }
}
