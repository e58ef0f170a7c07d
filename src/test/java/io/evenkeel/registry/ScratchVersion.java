package io.evenkeel.registry;

import io.evenkeel.registry.artifact.ArtifactPolicy;
import io.evenkeel.registry.artifact.Manifest;
import io.evenkeel.registry.artifact.VersionFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** A version's folder that a test may break. What was changed is listed anew by {@link #seal}. */
public record ScratchVersion(Path folder) {
  private static final ArtifactPolicy ANYTHING =
      new ArtifactPolicy(Long.MAX_VALUE, true, Set.of("custom.so"));

  public ScratchVersion write(String file, String text) {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  public ScratchVersion write(String file, byte[] content) {
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
    Manifest.write(folder, VersionFiles.list(folder, ANYTHING));
    return this;
  }
}
