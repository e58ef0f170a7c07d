package io.evenkeel.registry.artifact;

import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The digests of a folder's files in its {@code manifest.json}: held against them, or written.
 * Immutable.
 */
public final class Manifest {
  /** The file's name. */
  public static final String NAME = "manifest.json";

  private static final String REMAKE =
      "write the manifest anew (`check --write-manifest`), once you are sure of the files";

  private static final int MOST_TOLD = 50;

  /** Two digests for a file, or something after the end, would be read differently elsewhere. */
  private static final ObjectReader STRICTLY =
      JsonMapper.shared()
          .readerFor(JsonNode.class)
          .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final byte[] bytes;
  private final Map<String, String> digests;

  private Manifest(byte[] bytes, Map<String, String> digests) {
    this.bytes = bytes;
    this.digests = digests;
  }

  /**
   * Reads the manifest of a folder.
   *
   * @throws UnusableModelException if it isn't there or can't be read
   */
  public static Manifest read(VersionFiles files) {
    byte[] bytes = bytes(files, NAME);
    try {
      JsonNode listed =
          bytes.length == 0
              ? MissingNode.getInstance()
              : STRICTLY.<JsonNode>readValue(bytes).path("files");
      if (!listed.isObject()) {
        throw new UnusableModelException(
            NAME,
            0,
            "there is no object `files`",
            "write {\"files\": {\"model.onnx\": \"<sha-256>\", ...}}");
      }
      Map<String, String> digests = new TreeMap<>();
      listed
          .properties()
          .forEach(entry -> digests.put(entry.getKey(), entry.getValue().asString("")));
      return new Manifest(bytes, digests);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
      throw new UnusableModelException(NAME, line, "this is not valid JSON", REMAKE);
    }
  }

  /** A file's content. */
  static byte[] bytes(VersionFiles files, String name) {
    try {
      return Files.readAllBytes(files.find(name).path());
    } catch (IOException e) {
      throw UnusableModelException.unreadable(name, e);
    }
  }

  /** The file as it was read: what a signature is over. */
  byte[] bytes() {
    return Arrays.copyOf(bytes, bytes.length);
  }

  /**
   * Checks that exactly the folder's files are listed, and that each has its digest.
   *
   * @throws UnusableModelException with every difference
   */
  public void verify(VersionFiles files) {
    Mistakes mistakes = new Mistakes();
    checkNames(files, mistakes);
    for (String name : files.sealed()) {
      try {
        if (digests.containsKey(name)) {
          checkDigest(name, Digest.of(files.find(name)), mistakes);
        }
      } catch (IOException e) {
        throw UnusableModelException.unreadable(name, e);
      }
    }
    mistakes.throwIfAny();
  }

  /** Notes which files aren't listed, and which of the listed ones aren't there. */
  void checkNames(VersionFiles files, Mistakes mistakes) {
    for (String name : files.sealed()) {
      if (!digests.containsKey(name)) {
        mistakes.add(
            NAME,
            0,
            "the file `" + name + "` is not listed",
            "remove the file, or list it with its SHA-256");
      }
    }
    Set<String> there = new HashSet<>(files.sealed());
    List<String> missing = digests.keySet().stream().filter(name -> !there.contains(name)).toList();
    for (String name : missing.subList(0, Math.min(missing.size(), MOST_TOLD))) {
      mistakes.add(
          name, 0, "the file is listed in " + NAME + " but missing", "copy it here, or " + REMAKE);
    }
    if (missing.size() > MOST_TOLD) {
      mistakes.add(NAME, 0, missing.size() + " of the listed files are missing", REMAKE);
    }
  }

  /** Notes a digest that isn't the listed one. */
  void checkDigest(String name, String digest, Mistakes mistakes) {
    if (!digest.equals(digests.get(name))) {
      mistakes.add(
          name,
          0,
          "the file's SHA-256 is not the one in " + NAME,
          "copy the file again, or " + REMAKE);
    }
  }

  /**
   * Writes the manifest of the files that are there. Signatures of another one are removed: they
   * can't hold any more.
   *
   * @return whether signatures were removed
   */
  public static boolean write(Path folder, VersionFiles files) {
    Map<String, String> listed = new TreeMap<>();
    for (String name : files.sealed()) {
      try {
        listed.put(name, Digest.of(files.find(name)));
      } catch (IOException e) {
        throw UnusableModelException.unreadable(name, e);
      }
    }
    String text =
        JsonMapper.shared()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(Map.of("files", listed));
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    boolean same = files.has(NAME) && Arrays.equals(bytes, bytes(files, NAME));
    try {
      if (!same) {
        Files.write(folder.resolve(NAME), bytes);
      }
      return !same && Files.deleteIfExists(folder.resolve(SignatureFile.NAME));
    } catch (IOException e) {
      throw new UnusableModelException(
          NAME,
          0,
          "the file can't be written (" + e.getClass().getSimpleName() + ")",
          "check the folder's permissions and the disk");
    }
  }
}
