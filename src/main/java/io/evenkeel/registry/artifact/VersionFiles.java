package io.evenkeel.registry.artifact;

import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.UnusableModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files of a version's folder, with those of its sub-folders, as they were found. What may not
 * lie there is refused before anything is read. Immutable.
 */
public final class VersionFiles {
  /** The longest file that is read as a whole. */
  private static final long MOST_TEXT_BYTES = 64L << 20;

  private static final Pattern TEXT = Pattern.compile("[^/]+\\.(yaml|json|jsonl|sig)");
  private static final Pattern LIBRARY =
      Pattern.compile(".*\\.(so(\\.[0-9.]*)?|dll|dylib)", Pattern.CASE_INSENSITIVE);

  /**
   * A file.
   *
   * @param path where it really is
   * @param bytes its size when it was found
   */
  record Found(Path path, long bytes) {}

  private final SortedMap<String, Found> files;

  private VersionFiles(SortedMap<String, Found> files) {
    this.files = Collections.unmodifiableSortedMap(files);
  }

  /**
   * Lists the files of a folder.
   *
   * @throws UnusableModelException with everything that may not lie there
   */
  public static VersionFiles list(Path folder, ArtifactPolicy policy) {
    VersionFiles found = new VersionFiles(FolderWalk.files(folder, policy.allowLinks()));
    Mistakes mistakes = new Mistakes();
    found.checkSizes(policy, mistakes);
    found.checkLibraries(policy, mistakes);
    mistakes.throwIfAny();
    return found;
  }

  private void checkSizes(ArtifactPolicy policy, Mistakes mistakes) {
    files.forEach((name, found) -> {
      if (found.bytes() > MOST_TEXT_BYTES && TEXT.matcher(name).matches()) {
        mistakes.add(
            name,
            0,
            "the file has "
                + found.bytes()
                + " bytes; it is read as a whole, so at most "
                + MOST_TEXT_BYTES
                + " are taken",
            "shorten it");
      }
    });
    if (bytes() > policy.maxBytes()) {
      mistakes.add(
          "",
          0,
          "the folder's files have "
              + bytes()
              + " bytes; at most "
              + policy.maxBytes()
              + " are taken",
          "raise evenkeel.models.max-bytes if the model is really so large");
    }
  }

  private void checkLibraries(ArtifactPolicy policy, Mistakes mistakes) {
    for (String name : files.keySet()) {
      String file = name.substring(name.lastIndexOf('/') + 1);
      if (LIBRARY.matcher(file).matches() && !policy.customOps().contains(file)) {
        mistakes.add(
            name,
            0,
            "a library would run with the server's rights, and this one isn't allowed",
            "remove it, or list `" + file + "` in evenkeel.models.custom-ops if you trust it");
      }
    }
  }

  /** The names of all files but the manifest and its signatures, in alphabetical order. */
  public List<String> sealed() {
    List<String> names = new ArrayList<>(files.keySet());
    names.removeAll(List.of(Manifest.NAME, SignatureFile.NAME));
    return names;
  }

  /** The size of each file that a manifest lists, by its name. */
  public Map<String, Long> sizes() {
    Map<String, Long> sizes = new TreeMap<>();
    sealed().forEach(name -> sizes.put(name, find(name).bytes()));
    return sizes;
  }

  /**
   * The bytes of all files of a folder, whatever may lie there.
   *
   * @throws UnusableModelException if it can't be listed
   */
  public static long bytes(Path folder) {
    return new VersionFiles(FolderWalk.files(folder, true)).bytes();
  }

  /** The bytes of all files together. */
  public long bytes() {
    long sum = 0;
    for (Found found : files.values()) {
      // A sparse file may claim any size, and so may several.
      sum = sum + found.bytes() < sum ? Long.MAX_VALUE : sum + found.bytes();
    }
    return sum;
  }

  /** The names of the libraries that bring operators. */
  public List<String> libraries() {
    return files.keySet().stream().filter(name -> LIBRARY.matcher(name).matches()).toList();
  }

  boolean has(String name) {
    return files.containsKey(name);
  }

  Found find(String name) {
    Found found = files.get(name);
    if (found == null) {
      throw new UnusableModelException(
          name, 0, "the file is missing", "add it; docs/model-folder.md says what it holds");
    }
    return found;
  }
}
