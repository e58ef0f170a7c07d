package io.evenkeel.audit.log;

import io.evenkeel.keyring.Keyring;
import io.evenkeel.registry.artifact.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes records of entries and writes them to segments. What fails takes back all that wasn't on
 * disk for sure, in the file and in the chain, so that the next attempt goes on behind it. Used by
 * one thread.
 */
final class LogWriter implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

  /** The end of the chain, and of the segment's file. */
  private record End(long seq, String hash, long size) {}

  private final LogSettings settings;
  private final InstantSource clock;
  private final Disk disk;
  private final SigningKey key;
  private final Keyring ring;
  private final String log;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
  private Disk.Appender appender;
  private DataKeyFile dataKeys;
  private Instant begun;
  private End end;
  private End synced;

  /** The last record that is signed. */
  private long signed;

  /** Whether the file may hold more than is known to be on disk. */
  private boolean dirty;

  /** What a writer works with. */
  record Surroundings(Disk disk, SigningKey key, Keyring ring, InstantSource clock) {}

  private LogWriter(LogSettings settings, Surroundings surroundings, Tail tail) throws IOException {
    this.settings = settings;
    this.disk = surroundings.disk();
    this.key = surroundings.key();
    this.ring = surroundings.ring();
    this.clock = surroundings.clock();
    this.log = tail.log();
    this.begun = tail.begun();
    this.appender = disk.open(tail.segment());
    this.dataKeys = new DataKeyFile(tail.segment(), log, ring, disk);
    this.end = new End(tail.seq(), tail.hash(), tail.offset());
    this.synced = end;
    appender.truncate(tail.offset());
    dataKeys.forgetAfter(tail.seq());
  }

  /**
   * Goes on where the log ends, or begins one.
   *
   * @throws io.evenkeel.contract.UnusableModelException if the log isn't as it was written
   */
  static LogWriter open(LogSettings settings, Surroundings surroundings) throws IOException {
    Files.createDirectories(settings.folder());
    Tail tail = Tail.find(settings.folder());
    long cut = tail == null ? 0 : tail.cut();
    if (cut > 0) {
      LOG.warn("The audit log ended within a record; {} bytes are cut off", cut);
    }
    LogWriter writer =
        new LogWriter(settings, surroundings, tail == null ? begin(settings, surroundings) : tail);
    writer.append(Members.of(writer.clock.instant(), "opened").with("cut", cut));
    writer.takeNotes();
    writer.checkpoint();
    writer.removeOld();
    return writer;
  }

  private static Tail begin(LogSettings settings, Surroundings surroundings) throws IOException {
    Instant now = surroundings.clock().instant();
    String log = UUID.randomUUID().toString();
    Path first = Segments.file(settings.folder(), 1);
    byte[] line = firstLine(1, RecordLine.NOTHING, log, now);
    try (Disk.Appender file = surroundings.disk().open(first)) {
      begin(file, line);
    }
    Disk.forceNames(settings.folder());
    return new Tail(log, first, now, line.length + 1L, 1, RecordLine.hashOf(line), 0);
  }

  private static byte[] firstLine(long seq, String prev, String log, Instant now) {
    Members members = Members.of(now, "segment").with("log", log).with("format", 1);
    return RecordLine.write(seq, prev, members.json());
  }

  private static void begin(Disk.Appender file, byte[] line) throws IOException {
    file.write(ByteBuffer.wrap(line));
    file.write(ByteBuffer.wrap(new byte[] {'\n'}));
    file.force();
  }

  String log() {
    return log;
  }

  /** The number of the last record. */
  long seq() {
    return end.seq();
  }

  /** Makes a record of it; it is written with the next {@link #flush}. */
  void append(Entry entry) throws IOException {
    byte[] json = entry.json();
    byte[] dataKey = entry.dataKey();
    long seq = end.seq() + 1;
    if (dataKey != null) {
      dirty = true;
      dataKeys.add(seq, dataKey);
    }
    byte[] line = RecordLine.write(seq, end.hash(), json);
    buffer.write(line, 0, line.length);
    buffer.write('\n');
    end = new End(seq, RecordLine.hashOf(line), end.size() + line.length + 1);
  }

  /** Hands the records to the system: they survive the process, though not a loss of power. */
  void flush() throws IOException {
    if (buffer.size() > 0) {
      dirty = true;
      appender.write(ByteBuffer.wrap(buffer.toByteArray()));
      buffer.reset();
    }
  }

  /** Brings the records to disk. Keys come first: a record without its key can't be read. */
  void sync() throws IOException {
    flush();
    if (dirty) {
      dataKeys.force();
      appender.force();
      synced = end;
      dirty = false;
    }
  }

  /** Takes back all that isn't on disk for sure. */
  void rollBack() throws IOException {
    buffer.reset();
    end = synced;
    if (dirty) {
      dataKeys.rollBack();
      appender.truncate(synced.size());
      dirty = false;
    }
  }

  /** Whether there is something that no signature covers. */
  boolean isUnsigned() {
    return end.seq() > signed;
  }

  /** Signs all there is, and brings it to disk. */
  void checkpoint() throws IOException {
    flush();
    long seq = end.seq() + 1;
    Checkpoint made = Checkpoint.sign(log, seq, end.hash(), key);
    byte[] json =
        Members.of(clock.instant(), Checkpoint.KIND)
            .with("log", log)
            .with("key", made.keyId())
            .with("signature", made.signature())
            .json();
    byte[] line = RecordLine.write(seq, end.hash(), json);
    append(() -> json);
    sync();
    signed = seq;
    LOG.info("Audit checkpoint: log {}, record {}, hash {}", log, seq, end.hash());
    writeHead(line);
  }

  private void writeHead(byte[] line) {
    Path head = settings.folder().resolve(Segments.HEAD);
    Path written = settings.folder().resolve(Segments.HEAD + ".new");
    try {
      try (FileChannel out =
          FileChannel.open(
              written,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(false);
      }
      Files.move(
          written, head, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      // The checkpoint itself is on disk; the head is written with the next one.
      LOG.warn("The audit log's head stays behind: {}", e.toString());
    }
  }

  /**
   * Records what others have left to be recorded, such as erasures. One that is left over by a kill
   * is recorded twice.
   */
  void takeNotes() throws IOException {
    for (Path file : Segments.notes(settings.folder())) {
      byte[] note = Erasure.note(file, clock.instant());
      if (note != null) {
        append(() -> note);
        sync();
      }
      Files.deleteIfExists(file);
    }
  }

  /** Whether all that was appended is on disk. */
  boolean isSynced() {
    return end.equals(synced);
  }

  /**
   * Ends the segment where it is large or old enough.
   *
   * @return whether it has; then all is on disk
   */
  boolean rotateIfDue() throws IOException {
    boolean isLarge = end.size() >= settings.rotation().bytes();
    boolean isOld = clock.instant().isAfter(begun.plus(settings.rotation().age()));
    if (isLarge || isOld) {
      rotate();
      removeOld();
      return true;
    }
    return false;
  }

  private void rotate() throws IOException {
    checkpoint();
    Instant now = clock.instant();
    long seq = end.seq() + 1;
    Path next = Segments.file(settings.folder(), seq);
    byte[] line = firstLine(seq, end.hash(), log, now);
    Disk.Appender opened = disk.open(next);
    try {
      begin(opened, line);
      Disk.forceNames(settings.folder());
    } catch (IOException e) {
      opened.close();
      Files.deleteIfExists(next);
      throw e;
    }
    Disk.Appender before = appender;
    DataKeyFile keysBefore = dataKeys;
    begun = now;
    appender = opened;
    dataKeys = new DataKeyFile(next, log, ring, disk);
    end = new End(seq, RecordLine.hashOf(line), line.length + 1L);
    synced = end;
    before.close();
    keysBefore.close();
  }

  /**
   * Removes segments that are kept no longer, oldest first. What is removed is recorded and signed
   * before: then the chain can be followed from there.
   */
  private void removeOld() throws IOException {
    if (settings.retention().isZero()) {
      return;
    }
    Instant oldest = clock.instant().minus(settings.retention());
    List<Path> segments = Segments.list(settings.folder());
    RecordLine next = null;
    int count = 0;
    while (count + 1 < segments.size()) {
      RecordLine first = first(segments.get(count + 1));
      if (first == null || !Instant.parse(first.json().path("at").asString("")).isBefore(oldest)) {
        break;
      }
      next = first;
      count++;
    }
    if (next == null) {
      return;
    }
    append(
        Members.of(clock.instant(), "removed")
            .with("from", Segments.firstSeq(segments.getFirst()))
            .with("through", next.seq() - 1)
            .with("last", next.prev()));
    checkpoint();
    for (Path old : segments.subList(0, count)) {
      Files.deleteIfExists(Segments.dataKeys(old));
      Files.delete(old);
    }
    Disk.forceNames(settings.folder());
    LOG.info("Audit: records before {} are kept no longer", next.seq());
  }

  private static @Nullable RecordLine first(Path segment) throws IOException {
    try (LineReader lines = new LineReader(segment)) {
      byte[] line = lines.next();
      return line == null ? null : RecordLine.read(line);
    }
  }

  @Override
  public void close() throws IOException {
    dataKeys.close();
    appender.close();
  }
}
