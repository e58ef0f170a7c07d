package io.evenkeel.registry.artifact;

import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder below {@code java.io.tmpdir} that only this user may enter. Its lock is held as long as
 * it is used, and ends with the process however that ends: so another process can tell which ones
 * are left over. For one thread at a time.
 */
final class TemporaryFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);
  private static final String PREFIX = "evenkeel-version-";
  private static final String LOCK = "lock";
  private static final String FILES = "files";

  private final Path folder;
  private final FileChannel lock;

  private TemporaryFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  private static Path parent() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  static TemporaryFolder make() {
    try {
      while (true) {
        Path folder = Files.createTempDirectory(parent(), PREFIX);
        TemporaryFolder made = new TemporaryFolder(folder, open(folder, StandardOpenOption.CREATE));
        made.lock.lock();
        // Between its creation and its lock it looked left over, and may have been deleted.
        if (Files.exists(folder.resolve(LOCK))) {
          Files.createDirectory(made.files());
          return made;
        }
        made.lock.close();
      }
    } catch (IOException e) {
      throw new UnusableModelException(
          "",
          0,
          "there can't be a temporary folder to copy the version to ("
              + e.getClass().getSimpleName()
              + ")",
          "let the server write to its temporary folder, or name another one with"
              + " -Djava.io.tmpdir");
    }
  }

  private static FileChannel open(Path folder, StandardOpenOption more) throws IOException {
    return FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE, more);
  }

  Path files() {
    return folder.resolve(FILES);
  }

  /** Deletes those that processes of this user have left over when they were killed. */
  static void deleteLeftovers() {
    try (TemporaryFolder own = make();
        DirectoryStream<Path> found = Files.newDirectoryStream(parent(), PREFIX + "*")) {
      for (Path folder : found) {
        if (isOurs(folder, own)) {
          deleteIfLeftOver(folder);
        }
      }
    } catch (IOException | UncheckedIOException | UnusableModelException e) {
      LOG.warn("The temporary folder can't be searched for what killed processes left", e);
    }
  }

  private static boolean isOurs(Path folder, TemporaryFolder own) throws IOException {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && Files.exists(folder.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(folder).equals(Files.getOwner(own.folder));
  }

  private static void deleteIfLeftOver(Path folder) {
    try (FileChannel channel = open(folder, StandardOpenOption.READ)) {
      FileLock held = tryLock(channel);
      if (held != null) {
        delete(folder);
      }
    } catch (IOException e) {
      LOG.warn("What a killed process left in {} can't be deleted", folder, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Deletes the folder. Harmless when repeated. */
  @Override
  public void close() {
    try (lock) {
      if (Files.exists(folder)) {
        delete(folder);
      }
    } catch (IOException e) {
      LOG.warn("{} can't be deleted; the next start will try again", folder, e);
    }
  }
}
