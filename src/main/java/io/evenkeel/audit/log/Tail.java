package io.evenkeel.audit.log;

import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a log ends that somebody wants to go on with. Who is killed while writing leaves the
 * beginning of a record at the very end, a line without its end, which is cut off. Anything else
 * that isn't as it was written is no trace of a kill, and is left for people to look at.
 *
 * @param log the log's id
 * @param segment the file that has the last record
 * @param begun when that was begun
 * @param offset where its last record ends
 * @param seq the last record's number
 * @param hash the last record's hash
 * @param cut how many bytes there are beyond
 */
record Tail(String log, Path segment, Instant begun, long offset, long seq, String hash, long cut) {
  /**
   * Finds the end.
   *
   * @return null where there is no log yet
   * @throws UnusableModelException if the log isn't as it was written
   */
  static @Nullable Tail find(Path folder) throws IOException {
    List<Path> segments = Segments.list(folder);
    Path head = folder.resolve(Segments.HEAD);
    RecordLine last = Files.exists(head) ? LogVerifier.head(head) : null;
    long cut = 0;
    for (Path segment : segments.reversed()) {
      Tail tail = in(segment, cut);
      if (tail != null) {
        if (last != null && last.seq() > tail.seq()) {
          throw broken(
              segment,
              "records " + (tail.seq() + 1) + " to " + last.seq() + " are missing at the end");
        }
        return tail;
      }
      // Killed before the first record of a new segment was written.
      cut += Files.size(segment);
      Files.delete(segment);
    }
    if (last != null) {
      throw broken(head, "there are no records, but there were " + last.seq());
    }
    return null;
  }

  private static @Nullable Tail in(Path segment, long cutBefore) throws IOException {
    RecordLine first = null;
    RecordLine last = null;
    long end = 0;
    try (LineReader lines = new LineReader(segment)) {
      for (byte[] line = lines.next(); line != null && lines.hasEnded(); line = lines.next()) {
        RecordLine record = RecordLine.read(line);
        if (record == null || !follows(record, last, segment)) {
          throw broken(segment, "line " + lines.number() + " doesn't follow the one before");
        }
        first = first == null ? record : first;
        last = record;
        end = lines.offset();
      }
    }
    if (first == null || last == null) {
      return null;
    }
    return new Tail(
        first.json().path("log").asString(""),
        segment,
        Instant.parse(first.json().path("at").asString("")),
        end,
        last.seq(),
        last.hash(),
        cutBefore + Files.size(segment) - end);
  }

  private static boolean follows(RecordLine record, @Nullable RecordLine last, Path segment) {
    if (!record.isSound()) {
      return false;
    }
    return last == null
        ? record.seq() == Segments.firstSeq(segment)
        : record.seq() == last.seq() + 1 && record.prev().equals(last.hash());
  }

  private static UnusableModelException broken(Path file, String cause) {
    return new UnusableModelException(
        file.toString(),
        0,
        "the audit log isn't as it was written: " + cause,
        "look with `evenkeel audit verify`; to go on, move the folder away as evidence, and a new"
            + " log begins");
  }
}
