package io.evenkeel.keyring;

import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Keys in a file, as {@link KeyText} says. A file that all may read, or that others than its owner
 * may write, is refused; a group may read it, as mounted secrets need. Thread-safe.
 *
 * @param path the file
 */
public record KeyFile(Path path) implements KeySource {
  private static final long MOST_BYTES = 1 << 16;
  private static final Set<PosixFilePermission> TOO_OPEN =
      Set.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  @Override
  public List<RootKey> keys() {
    try {
      requireClosed();
      if (Files.size(path) > MOST_BYTES) {
        throw unusable("the file is too long for keys", "name the file that has the keys");
      }
      return KeyText.parse(path.toString(), Files.readString(path, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw unusable(
          "the keys can't be read (" + e.getClass().getSimpleName() + ")",
          "check the file's name and permissions, or make one with"
              + " `evenkeel audit keys --file audit.keys`");
    }
  }

  private void requireClosed() throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")
        && Files.getPosixFilePermissions(path).stream().anyMatch(TOO_OPEN::contains)) {
      throw unusable(
          "others than the file's owner may read or change the keys", "chmod 600 " + path);
    }
  }

  /**
   * Adds a new key, which becomes the current one; makes the file where there is none.
   *
   * @throws UnusableModelException if the id is taken, or the file can't be written
   */
  public void add(String id) {
    byte[] secret = new byte[RootKey.BYTES];
    new SecureRandom().nextBytes(secret);
    String line = id + ":" + HexFormat.of().formatHex(secret) + "\n";
    try {
      boolean isNew = create();
      if (!isNew && keys().stream().anyMatch(key -> key.id().equals(id))) {
        throw unusable("the id `" + id + "` is taken", "choose another id; never use one again");
      }
      String before = Files.readString(path, StandardCharsets.US_ASCII);
      boolean ends = before.isEmpty() || before.endsWith("\n");
      Files.writeString(path, (ends ? "" : "\n") + line, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw unusable(
          "the key can't be written (" + e.getClass().getSimpleName() + ")",
          "check the folder and its permissions");
    }
  }

  private boolean create() throws IOException {
    try {
      if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } else {
        Files.createFile(path);
      }
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private UnusableModelException unusable(String cause, String mend) {
    return new UnusableModelException(path.toString(), 0, cause, mend);
  }
}
