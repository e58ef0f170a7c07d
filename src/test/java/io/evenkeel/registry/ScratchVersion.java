package io.evenkeel.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** A version's folder that a test may break. What was changed is listed anew by {@link #seal}. */
public record ScratchVersion(Path folder) {
  public ScratchVersion write(String file, String text) {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  ScratchVersion write(String file, byte[] content) {
    try {
      Files.write(folder.resolve(file), content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] read(String file) {
    try {
      return Files.readAllBytes(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces a text that is there. */
  public ScratchVersion replace(String file, String found, String replacement) {
    String text = new String(read(file), StandardCharsets.UTF_8);
    if (!text.contains(found)) {
      throw new IllegalArgumentException(file + " doesn't contain " + found);
    }
    return write(file, text.replace(found, replacement));
  }

  ScratchVersion delete(String file) {
    try {
      Files.delete(folder.resolve(file));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the manifest anew. */
  public ScratchVersion seal() {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(ModelFolder::name)
          .filter(file -> !file.equals(Manifest.NAME))
          .forEach(file -> digests.put(file, sha256(read(file))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return write(Manifest.NAME, JsonMapper.shared().writeValueAsString(Map.of("files", digests)));
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
