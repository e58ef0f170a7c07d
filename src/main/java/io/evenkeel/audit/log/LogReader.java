package io.evenkeel.audit.log;

import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.keyring.Keyring;
import io.evenkeel.keyring.SealBrokenException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log's records one after the other, as they stand, without judging them. Can do so while a
 * server writes. Stateless.
 */
public final class LogReader {
  private LogReader() {}

  /** Who reads. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Takes a record.
     *
     * @param keys of the segment that it is in
     * @return whether to go on
     */
    boolean visit(RecordLine record, Keys keys);
  }

  /** The keys of a segment's encrypted values. */
  @FunctionalInterface
  public interface Keys {
    /**
     * A record's key.
     *
     * @return null where it was erased, or there is none
     * @throws SealBrokenException if it can't be opened
     */
    byte @Nullable [] find(long seq) throws SealBrokenException;
  }

  /**
   * Reads all records; what isn't one is passed over.
   *
   * @param ring that opens keys of values; null to open none
   * @throws UnusableModelException if the log can't be read
   */
  public static void read(Path folder, @Nullable Keyring ring, Visitor visitor) {
    try {
      for (Path segment : Segments.list(folder)) {
        if (!goesOn(segment, ring, visitor)) {
          return;
        }
      }
    } catch (IOException e) {
      throw new UnusableModelException(
          folder.toString(),
          0,
          "the audit log can't be read (" + e + ")",
          "name the folder of evenkeel.audit.path");
    }
  }

  private static boolean goesOn(Path segment, @Nullable Keyring ring, Visitor visitor)
      throws IOException {
    DataKeyFile dataKeys = null;
    try (LineReader lines = new LineReader(segment)) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        RecordLine record = lines.hasEnded() ? RecordLine.read(line) : null;
        if (record == null || !record.isSound()) {
          continue;
        }
        if (dataKeys == null && ring != null) {
          String log = record.json().path("log").asString("");
          dataKeys = new DataKeyFile(segment, log, ring, Disk.REAL);
        }
        DataKeyFile found = dataKeys;
        if (!visitor.visit(record, seq -> found == null ? null : key(found, seq))) {
          return false;
        }
      }
    }
    return true;
  }

  private static byte @Nullable [] key(DataKeyFile keys, long seq) throws SealBrokenException {
    try {
      return keys.find(seq);
    } catch (IOException e) {
      throw new UnusableModelException(
          "", 0, "a segment's keys can't be read (" + e + ")", "check the folder's permissions");
    }
  }
}
