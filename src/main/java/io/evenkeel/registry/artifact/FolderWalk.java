package io.evenkeel.registry.artifact;

import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.registry.artifact.VersionFiles.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Walks through a version's folder and its sub-folders. Every link is followed to where it really
 * leads, which has to be inside the folder. The folder itself may be a link. Names at its top that
 * begin with two dots are passed over: Kubernetes keeps the contents of mounted volumes there, and
 * links to them. For one walk.
 */
final class FolderWalk {
  private static final int MOST_FILES = 10_000;
  private static final int MOST_DEPTH = 8;

  private final Path root;
  private final boolean allowLinks;
  private final SortedMap<String, Found> files = new TreeMap<>();
  private final Mistakes mistakes = new Mistakes();
  private int seen;

  private FolderWalk(Path root, boolean allowLinks) {
    this.root = root;
    this.allowLinks = allowLinks;
  }

  /**
   * The files, by their names relative to the folder, with / between the parts.
   *
   * @throws UnusableModelException with everything that is no file of the folder
   */
  static SortedMap<String, Found> files(Path folder, boolean allowLinks) {
    try {
      Path root = folder.toRealPath();
      FolderWalk walk = new FolderWalk(root, allowLinks);
      walk.enter(root, "", List.of(root));
      walk.mistakes.throwIfAny();
      return walk.files;
    } catch (NoSuchFileException e) {
      throw new UnusableModelException(
          "", 0, "the folder, or a part of it, isn't there any more", "copy it here again");
    } catch (IOException e) {
      throw new UnusableModelException(
          "",
          0,
          "the folder can't be listed (" + e.getClass().getSimpleName() + ")",
          "check its permissions");
    }
  }

  /**
   * @param prefix of the names in this folder; empty, or ending with a slash
   * @param way the real folders that lead here, this one the last
   */
  private void enter(Path folder, String prefix, List<Path> way) throws IOException {
    List<Path> entries;
    try (Stream<Path> found = Files.list(folder)) {
      entries = found.limit(MOST_FILES + 1L).sorted().toList();
    }
    for (Path entry : entries) {
      String file = String.valueOf(entry.getFileName());
      if (!prefix.isEmpty() || !file.startsWith("..")) {
        look(entry, prefix + file, way);
      }
      if (++seen > MOST_FILES) {
        mistakes.add("", 0, "there are more than " + MOST_FILES + " files", "remove some");
        mistakes.throwIfAny();
      }
    }
  }

  private void look(Path entry, String name, List<Path> way) throws IOException {
    if (name.indexOf('\\') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
      String shown = name.replaceAll("\\p{Cntrl}", "?");
      mistakes.add(
          shown, 0, "the name has a backslash or a control character", "rename or remove the file");
      return;
    }
    Path real;
    try {
      real = entry.toRealPath();
    } catch (IOException e) {
      mistakes.add(name, 0, "this is a link that leads nowhere", "put the file itself here");
      return;
    }
    if (!allowLinks && !real.startsWith(root)) {
      mistakes.add(
          name,
          0,
          "this is a link that leads out of the version's folder",
          "put the file itself here, or set evenkeel.models.allow-links");
      return;
    }
    BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
    if (attributes.isRegularFile()) {
      files.put(name, new Found(real, attributes.size()));
    } else if (!attributes.isDirectory()) {
      mistakes.add(name, 0, "this is neither a file nor a folder", "remove it");
    } else if (way.contains(real)) {
      mistakes.add(name, 0, "this is a link that leads in a circle", "remove it");
    } else if (way.size() > MOST_DEPTH) {
      mistakes.add(
          name, 0, "folders are nested deeper than " + MOST_DEPTH, "put the files further up");
    } else {
      List<Path> further = new ArrayList<>(way);
      further.add(real);
      enter(real, name + "/", further);
    }
  }
}
