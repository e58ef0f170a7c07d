package io.evenkeel.registry.artifact;

import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A version's files in a temporary folder of the process, from where they are loaded. They were
 * digested while they were copied: the bytes that were verified are the bytes that are loaded, and
 * what is done to the originals afterwards doesn't matter. For one thread at a time.
 *
 * <p>It is needed until the graph is loaded. ONNX Runtime maps external data into memory; on Linux
 * and macOS a mapped file outlives its name, so nothing is left over even if the process is killed
 * later.
 */
public final class PrivateCopy implements AutoCloseable {
  private final TemporaryFolder folder;
  private final List<String> libraries;

  private PrivateCopy(TemporaryFolder folder, List<String> libraries) {
    this.folder = folder;
    this.libraries = List.copyOf(libraries);
  }

  /**
   * Copies what the manifest lists.
   *
   * @throws UnusableModelException with every file that isn't what the manifest says, or if there
   *     is no room
   */
  static PrivateCopy of(VersionFiles files, Manifest manifest) {
    PrivateCopy copy = new PrivateCopy(TemporaryFolder.make(), files.libraries());
    try {
      copy.requireRoom(files.bytes());
      Mistakes mistakes = new Mistakes();
      for (String name : files.sealed()) {
        manifest.checkDigest(name, copy.take(name, files.find(name)), mistakes);
      }
      mistakes.throwIfAny();
      return copy;
    } catch (RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  private void requireRoom(long bytes) {
    try {
      long room = Files.getFileStore(path()).getUsableSpace();
      if (room > 0 && room < bytes) {
        throw noRoom("", "it needs " + bytes + " bytes and there are " + room);
      }
    } catch (IOException e) {
      throw noRoom("", e.getClass().getSimpleName());
    }
  }

  private String take(String name, VersionFiles.Found file) {
    Path target = path().resolve(name);
    OutputStream out;
    try {
      Files.createDirectories(target.getParent());
      out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw noRoom(name, e.getClass().getSimpleName());
    }
    try (out) {
      return Digest.copying(file, out);
    } catch (IOException e) {
      throw new UnusableModelException(
          name,
          0,
          "the file can't be copied to the temporary folder (" + e.getClass().getSimpleName() + ")",
          "check its permissions and both disks");
    }
  }

  private static UnusableModelException noRoom(String name, String why) {
    return new UnusableModelException(
        name,
        0,
        "the version can't be copied to the temporary folder (" + why + ")",
        "make room there, or name another one with -Djava.io.tmpdir");
  }

  /** The folder; it holds what the manifest lists and nothing else. */
  public Path path() {
    return folder.files();
  }

  /** The libraries that bring operators. */
  public List<Path> libraries() {
    return libraries.stream().map(path()::resolve).toList();
  }

  /** Deletes the copy. Harmless when repeated. */
  @Override
  public void close() {
    folder.close();
  }
}
