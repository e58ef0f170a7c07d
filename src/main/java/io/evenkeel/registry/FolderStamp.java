package io.evenkeel.registry;

import io.evenkeel.contract.Sha256;
import io.evenkeel.registry.artifact.ArtifactPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a version's folder shows without reading its files: where links lead, and each
 * file's name, size, time and identity. Folders with equal stamps hold the same.
 */
record FolderStamp(Path place, List<Entry> files) {
  /** As deep, and as many files, as a version may have, and the folders of a mounted volume. */
  private static final int DEEPEST = 10;

  private static final int MOST_FILES = 20_000;
  private static final int COPY_BYTES = 1 << 16;

  /**
   * A file.
   *
   * @param name within the folder
   * @param modified in nanoseconds
   * @param identity that of the file system, where it has any
   */
  record Entry(String name, long bytes, long modified, @Nullable Object identity) {}

  /**
   * What can't be looked at, such as a link in a circle, is passed over: loading says what is wrong
   * with it.
   *
   * @throws IOException if the folder is gone or can't be looked at
   */
  static FolderStamp of(Path folder) throws IOException {
    Path place = folder.toRealPath();
    List<Entry> found = new ArrayList<>();
    Files.walkFileTree(
        place,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        DEEPEST,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              found.add(entry(place, file, attributes));
            }
            return found.size() < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (file.equals(place)) {
              throw failure;
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(Comparator.comparing(Entry::name));
    return new FolderStamp(place, List.copyOf(found));
  }

  private static Entry entry(Path folder, Path file, BasicFileAttributes found) {
    return new Entry(
        folder.relativize(file).toString(),
        found.size(),
        found.lastModifiedTime().to(TimeUnit.NANOSECONDS),
        found.fileKey());
  }

  /**
   * The SHA-256 over the names and contents of all files, in hexadecimal digits. Takes as long as
   * the files are large.
   *
   * @throws IOException also if they are larger than versions usually may be: a sparse file costs
   *     nobody anything but who reads it
   */
  String digest() throws IOException {
    long left = ArtifactPolicy.DEFAULT_MAX_BYTES;
    for (Entry file : files) {
      if (file.bytes() > left) {
        throw new IOException("the files are too large to be read for a comparison");
      }
      left -= file.bytes();
    }
    MessageDigest digest = Sha256.begin();
    byte[] buffer = new byte[COPY_BYTES];
    for (Entry file : files) {
      String head = file.name() + '\0' + file.bytes() + '\0';
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      try (InputStream in = Files.newInputStream(place.resolve(file.name()))) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          digest.update(buffer, 0, read);
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
