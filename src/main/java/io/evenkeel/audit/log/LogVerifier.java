package io.evenkeel.audit.log;

import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.registry.artifact.TrustedKeys;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows a log from its first record to its last, and tells what isn't as it was written, and
 * where. Reads only, and can do so while a server writes. Used by one thread, once.
 *
 * <p>Records after the last checkpoint can be cut off unnoticed, and whoever has an earlier copy of
 * the whole folder, head included, can put that in its place: only an {@link Anchor} that is kept
 * elsewhere tells.
 */
public final class LogVerifier {
  private static final int MOST_FINDINGS = 1000;

  private final Path folder;
  private final @Nullable TrustedKeys keys;
  private final @Nullable Anchor expected;
  private final List<Finding> findings = new ArrayList<>();

  /** What the removals that were found say: {@code NUMBER:HASH} of the last that was removed. */
  private final Set<String> removed = new HashSet<>();

  private @Nullable RecordLine head;
  private @Nullable RecordLine firstRecord;
  private @Nullable String firstFile;
  private @Nullable Checkpoint last;
  private @Nullable String anchor;
  private String log = "";

  /** The number and hash of what should come before the next record; null where unknown. */
  private long before;

  private @Nullable String hashBefore;
  private long records;
  private boolean headFound;
  private boolean anchorFound;

  /** Where one is at present. */
  private record Place(String file, long line) {}

  /**
   * @param keys whose signatures count; null to look at none
   * @param expected what somebody remembers of the log; null for nothing
   */
  public LogVerifier(Path folder, @Nullable TrustedKeys keys, @Nullable Anchor expected) {
    this.folder = folder;
    this.keys = keys;
    this.expected = expected;
  }

  /**
   * Verifies.
   *
   * @throws UnusableModelException if there is no such folder, or it can't be read
   */
  public Verdict verify() {
    try {
      // The head first: a server that writes meanwhile only gets further.
      readHead();
      List<Path> segments = Segments.list(folder);
      for (int i = 0; i < segments.size(); i++) {
        verify(segments.get(i), i == segments.size() - 1);
      }
      judgeBeginning();
      judgeEnd(segments);
      return new Verdict(
          log,
          firstRecord == null ? 0 : firstRecord.seq(),
          before,
          records,
          segments.size(),
          last == null ? 0 : last.seq(),
          anchor,
          findings);
    } catch (IOException e) {
      throw new UnusableModelException(
          folder.toString(),
          0,
          "the audit log can't be read (" + e + ")",
          "name the folder of evenkeel.audit.path");
    }
  }

  /**
   * Reads a head.
   *
   * @throws UnusableModelException if it isn't one
   */
  static RecordLine head(Path file) throws IOException {
    try (LineReader lines = new LineReader(file)) {
      byte[] line = lines.next();
      RecordLine read = line == null || !lines.hasEnded() ? null : RecordLine.read(line);
      if (read == null || !read.isSound() || lines.next() != null) {
        throw new UnusableModelException(
            file.toString(), 0, "the head isn't as it was written", "verify the log");
      }
      return read;
    }
  }

  private void readHead() throws IOException {
    Path file = folder.resolve(Segments.HEAD);
    if (!Files.exists(file)) {
      find(
          Finding.Kind.HEAD,
          new Place(Segments.HEAD, 0),
          0,
          "there is no head: it was removed, or the log's first moments were its last");
      return;
    }
    try {
      head = head(file);
    } catch (UnusableModelException e) {
      find(Finding.Kind.HEAD, new Place(Segments.HEAD, 1), 0, "the head isn't as it was written");
    }
  }

  private void verify(Path segment, boolean isLast) throws IOException {
    String name = Segments.name(segment);
    RecordLine latest = null;
    try (LineReader lines = new LineReader(segment)) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        Place place = new Place(name, lines.number());
        RecordLine record = RecordLine.read(line);
        if (!lines.hasEnded()) {
          torn(place, isLast);
          break;
        }
        if (record == null || !record.isSound()) {
          changed(place);
          continue;
        }
        if (lines.number() == 1 && record.seq() != Segments.firstSeq(segment)) {
          find(
              Finding.Kind.MISPLACED,
              place,
              record.seq(),
              "the file is named for another first record than " + record.seq());
        }
        follow(record, place);
        latest = record;
      }
    }
    if (!isLast && (latest == null || !latest.isOf(Checkpoint.KIND))) {
      find(
          Finding.Kind.MISSING,
          new Place(name, 0),
          before + 1,
          "the segment doesn't end with a checkpoint: records after " + before + " were cut off");
    }
  }

  /** At the very end it is what a writer has just begun, if there is one. */
  private void torn(Place place, boolean isLast) {
    if (isLast && isBeingWritten()) {
      return;
    }
    find(
        Finding.Kind.TORN,
        place,
        before + 1,
        isLast
            ? "the file ends within record " + (before + 1) + ": cut off, or its writer was killed"
            : "the segment ends within record " + (before + 1));
  }

  private boolean isBeingWritten() {
    try (FileChannel channel =
            FileChannel.open(folder.resolve(Segments.LOCK), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void changed(Place place) {
    records++;
    before++;
    hashBefore = null;
    find(Finding.Kind.CHANGED, place, before, "record " + before + " isn't what was written");
  }

  /** A record that is sound by itself. */
  private void follow(RecordLine record, Place place) {
    records++;
    if (firstRecord == null && before == 0) {
      firstRecord = record;
      firstFile = place.file();
    } else if (record.seq() <= before) {
      find(
          Finding.Kind.MISPLACED,
          place,
          record.seq(),
          "record " + record.seq() + " stands behind record " + before);
      return;
    } else if (record.seq() > before + 1) {
      find(
          Finding.Kind.MISSING,
          place,
          before + 1,
          "records " + (before + 1) + " to " + (record.seq() - 1) + " are missing before this one");
    } else if (hashBefore != null && !record.prev().equals(hashBefore)) {
      find(
          Finding.Kind.UNCHAINED,
          place,
          record.seq() - 1,
          "record "
              + (record.seq() - 1)
              + " isn't the one that was there when record "
              + record.seq()
              + " was written");
    }
    before = record.seq();
    hashBefore = record.hash();
    remember(record, place);
  }

  private void remember(RecordLine record, Place place) {
    if (record.isOf(Checkpoint.KIND)) {
      checkpoint(record, place);
    } else if (record.isOf("removed")) {
      removed.add(
          record.json().path("through").asLong(0) + ":" + record.json().path("last").asString(""));
    } else if (record.isOf("segment")) {
      segmentOf(record, place);
    }
    if (head != null && record.seq() == head.seq()) {
      headFound = true;
      if (!record.hash().equals(head.hash())) {
        find(Finding.Kind.HEAD, place, record.seq(), "the head has another record " + record.seq());
      }
    }
    if (expected != null && record.seq() == expected.seq()) {
      anchorFound = true;
      if (!record.hash().equals(expected.hash())) {
        find(
            Finding.Kind.UNCHAINED,
            place,
            record.seq(),
            "record "
                + record.seq()
                + " isn't the one that was expected; what was signed anew"
                + " begins at or before it");
      }
    }
  }

  private void segmentOf(RecordLine record, Place place) {
    String found = record.json().path("log").asString("");
    if (log.isEmpty()) {
      log = found;
    } else if (!log.equals(found)) {
      find(Finding.Kind.MISPLACED, place, record.seq(), "the segment belongs to another log");
    }
  }

  private void checkpoint(RecordLine record, Place place) {
    Checkpoint found = Checkpoint.read(record);
    boolean counts = found != null && found.log().equals(log) && (keys == null || found.isBy(keys));
    if (found != null && counts) {
      last = found;
      anchor = new Anchor(record.seq(), record.hash()).toString();
    } else {
      long since = last == null ? 0 : last.seq();
      find(
          Finding.Kind.UNSIGNED,
          place,
          record.seq(),
          "checkpoint "
              + record.seq()
              + " isn't signed by a trusted key: what comes after record "
              + since
              + " may have been written anew");
    }
  }

  private void judgeBeginning() {
    RecordLine first = firstRecord;
    if (first == null || firstFile == null) {
      return;
    }
    boolean begins = first.seq() == 1 && first.prev().equals(RecordLine.NOTHING);
    if (!begins && !removed.contains((first.seq() - 1) + ":" + first.prev())) {
      find(
          Finding.Kind.MISSING,
          new Place(firstFile, 1),
          1,
          "records 1 to "
              + (first.seq() - 1)
              + " are missing, and no record says that they were"
              + " removed");
    }
  }

  private void judgeEnd(List<Path> segments) {
    String file = segments.isEmpty() ? Segments.HEAD : Segments.name(segments.getLast());
    RecordLine latest = head;
    if (latest != null && latest.seq() > before) {
      find(
          Finding.Kind.MISSING,
          new Place(file, 0),
          before + 1,
          "records " + (before + 1) + " to " + latest.seq() + " are missing at the end");
    } else if (latest != null && !headFound) {
      find(
          Finding.Kind.HEAD,
          new Place(Segments.HEAD, 1),
          latest.seq(),
          "the head's record " + latest.seq() + " isn't in the log");
    }
    if (expected != null && expected.seq() > before) {
      find(
          Finding.Kind.MISSING,
          new Place(file, 0),
          before + 1,
          "records "
              + (before + 1)
              + " to "
              + expected.seq()
              + " are missing at the end: the last"
              + " one was expected");
    } else if (expected != null && !anchorFound) {
      find(
          Finding.Kind.MISSING,
          new Place(file, 0),
          expected.seq(),
          "record " + expected.seq() + ", which was expected, isn't there");
    }
  }

  private void find(Finding.Kind kind, Place place, long seq, String detail) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(new Finding(kind, place.file(), place.line(), seq, detail));
    }
  }
}
