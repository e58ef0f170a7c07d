package io.evenkeel.registry;

import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The digests of a folder's files in its {@code manifest.json}: held against them, or written. */
final class Manifest {
  static final String NAME = "manifest.json";

  private static final String REMAKE =
      "write the manifest anew (`check --write-manifest`), once you are sure of the files";
  private static final int COPY_BYTES = 1 << 16;

  private Manifest() {}

  /**
   * Checks that the manifest lists exactly the folder's files, and that each has its digest.
   *
   * @throws UnusableModelException with every difference
   */
  static void verify(ModelFolder folder) {
    Map<String, String> listed = read(folder);
    Mistakes mistakes = new Mistakes();
    for (String file : files(folder)) {
      String digest = listed.remove(file);
      if (digest == null) {
        mistakes.add(
            NAME,
            0,
            "the file `" + file + "` is not listed",
            "remove the file, or list it with its SHA-256");
      } else if (!digest.equals(sha256(folder.path().resolve(file)))) {
        mistakes.add(
            file,
            0,
            "the file's SHA-256 is not the one in " + NAME,
            "copy the file again, or " + REMAKE);
      }
    }
    listed
        .keySet()
        .forEach(file ->
            mistakes.add(
                file,
                0,
                "the file is listed in " + NAME + " but missing",
                "copy it here, or " + REMAKE));
    mistakes.throwIfAny();
  }

  /** Writes the manifest of the files that are there. */
  static void write(ModelFolder folder) {
    Map<String, String> listed = new TreeMap<>();
    for (String file : files(folder)) {
      listed.put(file, sha256(folder.path().resolve(file)));
    }
    String text =
        JsonMapper.shared()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(Map.of("files", listed));
    try {
      Files.writeString(folder.path().resolve(NAME), text + "\n");
    } catch (IOException e) {
      throw new UnusableModelException(
          NAME,
          0,
          "the file can't be written (" + e.getClass().getSimpleName() + ")",
          "check the folder's permissions and the disk");
    }
  }

  private static Map<String, String> read(ModelFolder folder) {
    Map<String, String> listed = new TreeMap<>();
    try {
      JsonNode files = JsonMapper.shared().readTree(folder.read(NAME)).path("files");
      if (!files.isObject()) {
        throw new UnusableModelException(
            NAME,
            0,
            "there is no object `files`",
            "write {\"files\": {\"model.onnx\": \"<sha-256>\", ...}}");
      }
      files
          .properties()
          .forEach(entry -> listed.put(entry.getKey(), entry.getValue().asString("")));
      return listed;
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new UnusableModelException(NAME, line, "this is not valid JSON", REMAKE);
    }
  }

  private static List<String> files(ModelFolder folder) {
    try (Stream<Path> files = Files.list(folder.path())) {
      return files.map(ModelFolder::name).filter(file -> !file.equals(NAME)).sorted().toList();
    } catch (IOException e) {
      throw new UnusableModelException(
          NAME, 0, "the folder can't be listed", "check its permissions");
    }
  }

  private static String sha256(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[COPY_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } catch (IOException e) {
      throw new UnusableModelException(
          ModelFolder.name(file), 0, "the file can't be read", "check its permissions");
    }
  }
}
