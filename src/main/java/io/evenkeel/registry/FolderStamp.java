package io.evenkeel.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a version's folder shows without reading its files: where links lead, and each
 * file's name, size, time and identity. Folders with equal stamps hold the same.
 */
record FolderStamp(Path place, List<Entry> files) {
  private static final int DEEPEST = 4;
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
   * @throws IOException if the folder is gone or can't be looked at
   */
  static FolderStamp of(Path folder) throws IOException {
    Path place = folder.toRealPath();
    try (Stream<Path> files = Files.walk(place, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
      return new FolderStamp(
          place,
          files.filter(Files::isRegularFile).sorted().map(file -> entry(place, file)).toList());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Entry entry(Path folder, Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new Entry(
          folder.relativize(file).toString(),
          found.size(),
          found.lastModifiedTime().to(TimeUnit.NANOSECONDS),
          found.fileKey());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The SHA-256 over the names and contents of all files, in hexadecimal digits. Takes as long as
   * the files are large.
   */
  String digest() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
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
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
