package io.evenkeel.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file of API keys. It holds no secret, only what proves one. Changes are made by one process
 * at a time and replace the file as a whole, so that a reader sees it before or after, never in
 * between. Thread-safe.
 */
public final class KeyFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();
  private static final long LONGEST = 64L << 20;

  private final Path path;

  public KeyFile(Path path) {
    this.path = path;
  }

  /** The file's content. */
  private record Document(@Nullable List<ApiKey> keys) {}

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Whether it is there. */
  public boolean exists() {
    return Files.exists(path);
  }

  /**
   * All keys, good or not.
   *
   * @throws UnusableKeysException if the file isn't there or can't be understood
   */
  public List<ApiKey> read() {
    return parse(bytes());
  }

  /** The file as it is. */
  byte[] bytes() {
    try {
      if (Files.size(path) > LONGEST) {
        throw new UnusableKeysException(
            path + " is larger than 64 MB", "name the file that `evenkeel key` has made");
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UnusableKeysException(
          path + " can't be read (" + e.getClass().getSimpleName() + ")",
          "make it with `evenkeel key create --keys "
              + path
              + "`, or let evenkeel.security.keys name the right file, readable by the server");
    }
  }

  /** What is in such a file. */
  List<ApiKey> parse(byte[] bytes) {
    Document document;
    try {
      document = JSON.readValue(bytes, Document.class);
    } catch (JacksonException e) {
      throw unusable(e.getOriginalMessage());
    }
    if (document == null || document.keys() == null) {
      throw unusable("it has no `keys`");
    }
    Set<String> prefixes = new HashSet<>();
    for (ApiKey key : document.keys()) {
      if (key == null || !prefixes.add(key.prefix())) {
        throw unusable("a key is empty, or its prefix is there twice");
      }
    }
    return document.keys();
  }

  private UnusableKeysException unusable(String why) {
    return new UnusableKeysException(
        path + " isn't a file of keys: " + why,
        "bring back the last good one, and change it with `evenkeel key` only");
  }

  /**
   * Changes the keys, and makes the file where it isn't there.
   *
   * @throws UnusableKeysException if the file can't be understood or written
   */
  public void change(UnaryOperator<List<ApiKey>> change) {
    Path file = path.toAbsolutePath();
    try {
      // A link, as Kubernetes makes them, is followed: what it leads to is replaced.
      Path target = Files.exists(file) ? file.toRealPath() : file;
      Files.createDirectories(parent(target));
      Path lock = target.resolveSibling(target.getFileName() + ".lock");
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        // Let go with the channel.
        Objects.requireNonNull(held);
        List<ApiKey> before = exists() ? read() : List.of();
        replace(target, JSON.writeValueAsBytes(new Document(change.apply(before))));
      }
    } catch (IOException e) {
      throw new UnusableKeysException(
          path + " can't be written (" + e.getClass().getSimpleName() + ")",
          "give --keys a place that you may write to");
    }
  }

  private static void replace(Path target, byte[] content) throws IOException {
    Path fresh = Files.createTempFile(parent(target), ".keys", ".new", ownersOnly());
    try {
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        ByteBuffer left = ByteBuffer.wrap(content);
        while (left.hasRemaining()) {
          channel.write(left);
        }
        channel.force(true);
      }
      if (Files.exists(target)) {
        keepPermissions(target, fresh);
      }
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new UncheckedIOException(new IOException("the root is no file"));
    }
    return parent;
  }

  /** Whoever was let in by hand, such as a server with another user, stays let in. */
  private static void keepPermissions(Path from, Path to) throws IOException {
    if (hasPermissions()) {
      Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
    }
  }

  private static FileAttribute<?>[] ownersOnly() {
    return hasPermissions()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean hasPermissions() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}
