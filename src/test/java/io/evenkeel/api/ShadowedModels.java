package io.evenkeel.api;

import io.evenkeel.registry.ScratchModels;
import java.nio.file.Path;
import java.util.List;

/** A models' folder with versions that are the shadows of others, of which few copies may wait. */
final class ShadowedModels extends ServedFolder {
  static final int MAX_ROWS = 5;

  private static final String ROUTES =
      """
      default: breast-cancer
      models:
        same: {stable: "1", shadow: {version: "2", share: 100%}}
        fourfold: {stable: "1", shadow: {version: "2", share: 100%}}
        breast-cancer: {stable: "1", shadow: {version: "2", share: 100%}}
        none: {stable: "1"}
        idle: {stable: "1", shadow: {version: "2", share: 100%}}
        some: {stable: "1", shadow: {version: "2", share: 40%}}
      """;

  @Override
  List<String> fill(Path root) {
    make(new ScratchModels(root));
    return List.of("evenkeel.models.path=" + root, "evenkeel.shadow.max-rows=" + MAX_ROWS);
  }

  private static void make(ScratchModels models) {
    for (String model : new String[] {"same", "some", "none", "idle"}) {
      models.makeDoubling(model + "/1");
      models.makeDoubling(model + "/2");
    }
    models.makeDoubling("fourfold/1");
    models.makeFourfold("fourfold/2");
    models.copy("breast-cancer/1", "breast-cancer/1");
    models.copy("breast-cancer/2", "breast-cancer/2");
    models.writeRoutes(ROUTES);
  }
}
