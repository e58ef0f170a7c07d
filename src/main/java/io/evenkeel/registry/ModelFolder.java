package io.evenkeel.registry;

import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.registry.artifact.Manifest;
import io.evenkeel.registry.artifact.VersionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of one version of a model. What its files hold is described in docs/model-folder.md.
 *
 * @param path the folder
 * @param model the model's name
 * @param version the version's name
 */
public record ModelFolder(Path path, String model, String version) {
  static final String GRAPH = "model.onnx";
  static final String GOLDEN = "golden.jsonl";
  static final String CARD = "card.yaml";
  static final String REFERENCE = "reference.json";

  /** What a model's name looks like, as a regular expression. */
  public static final String MODEL_FORM = "[a-z0-9][a-z0-9-]{0,62}";

  /** What a version looks like, as a regular expression. */
  public static final String VERSION_FORM = "[0-9]{1,9}(\\.[0-9]{1,9}){0,2}";

  private static final Pattern MODEL = Pattern.compile(MODEL_FORM);
  private static final Pattern VERSION = Pattern.compile(VERSION_FORM);

  /**
   * All versions below the models' folder. What doesn't look like a model or a version is passed
   * over.
   */
  static List<ModelFolder> scan(Path models) throws IOException {
    List<ModelFolder> folders = new ArrayList<>();
    for (Path model : folders(models, MODEL)) {
      for (Path version : folders(model, VERSION)) {
        folders.add(new ModelFolder(version, name(model), name(version)));
      }
    }
    return folders;
  }

  /** A folder anywhere, whose name and whose parent's name are taken for version and model. */
  public static ModelFolder of(Path folder) {
    Path whole = folder.toAbsolutePath().normalize();
    Path parent = whole.getParent();
    return new ModelFolder(whole, parent == null ? "" : name(parent), name(whole));
  }

  /**
   * The versions a path means: the version's own folder, all versions of a model's folder, or all
   * of a models' folder.
   *
   * @throws UnusableModelException if there is none
   */
  public static List<ModelFolder> find(Path path) {
    ModelFolder itself = of(path);
    if (itself.holdsFiles()) {
      return List.of(itself);
    }
    try {
      List<ModelFolder> found =
          Files.isDirectory(path)
              ? folders(path, VERSION).stream().map(ModelFolder::of).toList()
              : List.of();
      if (found.isEmpty() && Files.isDirectory(path)) {
        found = scan(path);
      }
      if (!found.isEmpty()) {
        return found;
      }
    } catch (IOException e) {
      throw new UnusableModelException(
          path.toString(),
          0,
          "the folder can't be listed (" + e.getClass().getSimpleName() + ")",
          "check its permissions");
    }
    throw new UnusableModelException(
        path.toString(),
        0,
        Files.isDirectory(path) ? "there is no model's version in here" : "there is no such folder",
        "name a version's folder, <model>/<version>; a model's folder; or the folder of all models");
  }

  /** Whether any file of a version is here. */
  private boolean holdsFiles() {
    return has(GRAPH) || has(ContractFile.NAME) || has(GOLDEN) || has(Manifest.NAME);
  }

  /** Whether a server that scans the models' folder would take this for a version. */
  boolean isNamedProperly() {
    return MODEL.matcher(model).matches() && VERSION.matcher(version).matches();
  }

  private static List<Path> folders(Path parent, Pattern name) throws IOException {
    try (Stream<Path> entries = Files.list(parent)) {
      return entries
          .filter(entry -> name.matcher(name(entry)).matches() && Files.isDirectory(entry))
          .sorted()
          .toList();
    }
  }

  static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  /** A file's content. */
  byte[] read(String file) {
    try {
      return Files.readAllBytes(path.resolve(file));
    } catch (NoSuchFileException e) {
      throw missing(file);
    } catch (IOException e) {
      throw UnusableModelException.unreadable(file, e);
    }
  }

  /** A file that has to be there. */
  Path require(String file) {
    if (!has(file)) {
      throw missing(file);
    }
    return path.resolve(file);
  }

  private static UnusableModelException missing(String file) {
    return new UnusableModelException(
        file, 0, "the file is missing", "add it; docs/model-folder.md says what it holds");
  }

  boolean has(String file) {
    return Files.isRegularFile(path.resolve(file));
  }

  /** The same version's folder in another place. */
  ModelFolder copiedTo(Path other) {
    return new ModelFolder(other, model, version);
  }

  /**
   * The bytes of all files together, those in sub-folders too; zero where the folder can't be
   * listed, and so won't be loaded either.
   */
  long size() {
    try {
      return VersionFiles.bytes(path);
    } catch (UnusableModelException e) {
      return 0;
    }
  }
}
