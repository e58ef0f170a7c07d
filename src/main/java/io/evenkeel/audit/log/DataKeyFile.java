package io.evenkeel.audit.log;

import io.evenkeel.keyring.Keyring;
import io.evenkeel.keyring.SealBrokenException;
import io.evenkeel.keyring.Sealer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a segment's encrypted values, beside the segment and outside of its chain: so a key
 * can be overwritten, and what it has encrypted be erased, while the chain stays whole. A line for
 * each, all of the same length: the record's number, and its key, sealed by a key of the ring that
 * is derived for this segment alone. Not thread-safe.
 */
final class DataKeyFile implements Closeable {
  /** How many bytes a key has. */
  static final int KEY_BYTES = 32;

  private static final int SEQ = 19;
  private static final int SEALED = 128;
  private static final int LINE = SEQ + 1 + SEALED + 1;
  private static final String ERASED = "-".repeat(SEALED);

  private final Path file;
  private final String log;
  private final Sealer sealer;
  private final Disk disk;
  private Disk.@Nullable Appender appender;
  private long synced;

  DataKeyFile(Path segment, String log, Keyring ring, Disk disk) throws IOException {
    this.file = Segments.dataKeys(segment);
    this.log = log;
    this.sealer = ring.sealer("audit data keys " + log + " " + Segments.name(segment));
    this.disk = disk;
    this.synced = Files.exists(file) ? Files.size(file) / LINE * LINE : 0;
  }

  /**
   * Forgets the keys of records that a killed process didn't come to write: their numbers are used
   * again.
   */
  void forgetAfter(long lastSeq) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      while (synced > 0 && Long.parseLong(text(in, synced - LINE, SEQ)) > lastSeq) {
        synced -= LINE;
      }
    } catch (NumberFormatException e) {
      throw new IOException(Segments.name(file) + " isn't as it was written", e);
    }
    if (Files.size(file) > synced) {
      appender = disk.open(file);
      appender.truncate(synced);
    }
  }

  private byte[] place(long seq) {
    return (log + " " + seq).getBytes(StandardCharsets.UTF_8);
  }

  void add(long seq, byte[] key) throws IOException {
    if (appender == null) {
      appender = disk.open(file);
      // What a killed process has begun to write.
      appender.truncate(synced);
    }
    String sealed = Base64.getEncoder().encodeToString(sealer.seal(key, place(seq)));
    String line =
        String.format(Locale.ROOT, "%019d ", seq) + sealed + " ".repeat(SEALED - sealed.length());
    appender.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)));
  }

  /** Brings what was added to disk. */
  void force() throws IOException {
    if (appender != null && appender.size() > synced) {
      appender.force();
      synced = appender.size();
    }
  }

  /** Forgets what was added since {@link #force}. */
  void rollBack() throws IOException {
    if (appender != null) {
      appender.truncate(synced);
    }
  }

  /**
   * A record's key.
   *
   * @return null where it was erased, or never was
   * @throws SealBrokenException if the ring can't open it
   */
  byte @Nullable [] find(long seq) throws IOException, SealBrokenException {
    long at = offset(file, seq);
    if (at < 0) {
      return null;
    }
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      String sealed = text(in, at + SEQ + 1, SEALED);
      return sealed.equals(ERASED)
          ? null
          : sealer.open(Base64.getDecoder().decode(sealed.strip()), place(seq));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * Overwrites the key of a record of a segment, and returns when that is on disk. Needs no keys,
   * and can be done while somebody else adds further ones.
   *
   * @return whether there was one
   */
  static boolean erase(Path segment, long seq) throws IOException {
    Path file = Segments.dataKeys(segment);
    long at = offset(file, seq);
    if (at < 0) {
      return false;
    }
    try (FileChannel both =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (text(both, at + SEQ + 1, SEALED).equals(ERASED)) {
        return false;
      }
      ByteBuffer nothing = ByteBuffer.wrap(ERASED.getBytes(StandardCharsets.US_ASCII));
      for (long to = at + SEQ + 1; nothing.hasRemaining(); ) {
        to += both.write(nothing, to);
      }
      both.force(false);
      return true;
    }
  }

  /** Where the record's line begins; negative where there is none. Numbers only grow. */
  private static long offset(Path file, long seq) throws IOException {
    if (!Files.exists(file)) {
      return -1;
    }
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      long low = 0;
      long high = in.size() / LINE - 1;
      while (low <= high) {
        long middle = (low + high) >>> 1;
        long found = Long.parseLong(text(in, middle * LINE, SEQ));
        if (found == seq) {
          return middle * LINE;
        }
        if (found < seq) {
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
      return -1;
    } catch (NumberFormatException e) {
      throw new IOException(Segments.name(file) + " isn't as it was written", e);
    }
  }

  private static String text(FileChannel in, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && in.read(bytes, at + bytes.position()) >= 0) {}
    return new String(bytes.array(), StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    if (appender != null) {
      appender.close();
    }
  }
}
