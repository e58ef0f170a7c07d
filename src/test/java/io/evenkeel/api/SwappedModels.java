package io.evenkeel.api;

import io.evenkeel.registry.ScratchModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A models' folder in which a link leads to one of two contents of the version {@code m/1}: the
 * first answers with twice {@code x}, the second with four times. It is looked at again and again
 * without a pause.
 */
final class SwappedModels extends ServedFolder {
  @Override
  List<String> fill(Path root) {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("..twofold/1");
    models.makeFourfold("..fourfold/1");
    models.makeDoubling("other/1");
    models.writeRoutes("default: m\nmodels:\n  m: {stable: '1'}\n");
    turn(root, false);
    return List.of("evenkeel.models.path=" + root, "evenkeel.models.poll=5ms");
  }

  /** Turns the link, in one step. */
  static void turn(Path root, boolean toFourfold) {
    try {
      Path link = root.resolve("..link");
      Files.createSymbolicLink(link, Path.of(toFourfold ? "..fourfold" : "..twofold"));
      Files.move(
          link,
          root.resolve("m"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
