package io.evenkeel.registry.artifact;

import io.evenkeel.contract.Sha256;
import io.evenkeel.registry.artifact.VersionFiles.Found;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The SHA-256 of files, as manifests have it. */
final class Digest {
  private static final int BUFFER_BYTES = 1 << 16;

  private Digest() {}

  static String of(Found file) throws IOException {
    return copying(file, OutputStream.nullOutputStream());
  }

  /**
   * Copies a file while it is digested, so that the digest is that of the copy. Ends at the size
   * that the file was found with, and one byte: one that grows is another file anyway.
   */
  static String copying(Found file, OutputStream copy) throws IOException {
    MessageDigest digest = Sha256.begin();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file.path())) {
      long most = file.bytes() + 1;
      int read;
      while (most > 0 && (read = in.read(buffer, 0, (int) Math.min(most, BUFFER_BYTES))) >= 0) {
        digest.update(buffer, 0, read);
        copy.write(buffer, 0, read);
        most -= read;
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
