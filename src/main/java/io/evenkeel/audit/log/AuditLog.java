package io.evenkeel.audit.log;

import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.keyring.Keyring;
import io.evenkeel.registry.artifact.SigningKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only log of records. One thread writes; whoever hands over an entry either waits until
 * it is on disk, together with all who wait at that moment, or goes on and may lose it. What is
 * lost is counted, and recorded as soon as there is room again. Thread-safe.
 */
public final class AuditLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final int LARGEST_GROUP = 4096;

  /** Nobody is woken for an entry that nobody waits for: the writer looks as often as this. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /**
   * From so many waiting callers on the writer lets more of them gather before it goes to the disk
   * again, for so many times what the disk has taken, and for so long at most.
   */
  private static final int CROWD = 16;

  private static final int GATHERING_SYNCS = 3;
  private static final long LONGEST_GATHERING_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private final LogSettings settings;
  private final InstantSource clock;
  private final LogWatch watch;
  private final FileLock lock;
  private final LogWriter writer;
  private final Thread thread;
  private final Intake intake;
  private volatile boolean idle;
  private volatile @Nullable String failure;

  // Only the writer's thread knows these.
  private long lost;

  private long syncNanos;

  /** Records since the last time all was on disk; of these, those that nobody waits for. */
  private int appended;

  private long unsynced;
  private long gapUnsynced;
  private long lastSync = System.nanoTime();
  private long lastCheckpoint = lastSync;
  private boolean gaveUp;

  private AuditLog(
      LogSettings settings, LogWriter writer, FileLock lock, LogWatch watch, InstantSource clock) {
    this.settings = settings;
    this.writer = writer;
    this.lock = lock;
    this.watch = watch;
    this.clock = clock;
    this.intake = new Intake(settings.mostWaiting(), LARGEST_GROUP);
    this.thread = Thread.ofPlatform().name("audit").daemon().start(this::run);
  }

  /**
   * Opens a log, or begins one, and goes on behind its last whole record.
   *
   * @throws UnusableModelException if another process writes it, it isn't as it was written, or the
   *     folder can't be used
   */
  public static AuditLog open(
      LogSettings settings, SigningKey key, Keyring ring, LogWatch watch, InstantSource clock) {
    return open(settings, new LogWriter.Surroundings(Disk.REAL, key, ring, clock), watch);
  }

  static AuditLog open(LogSettings settings, LogWriter.Surroundings surroundings, LogWatch watch) {
    try {
      Files.createDirectories(settings.folder());
      FileLock lock = lock(settings.folder());
      try {
        LogWriter writer = LogWriter.open(settings, surroundings);
        return new AuditLog(settings, writer, lock, watch, surroundings.clock());
      } catch (IOException | RuntimeException e) {
        lock.channel().close();
        throw e;
      }
    } catch (IOException e) {
      throw new UnusableModelException(
          settings.folder().toString(),
          0,
          "the audit log can't be opened (" + e + ")",
          "check the folder, its permissions and the disk, or set evenkeel.audit.path");
    }
  }

  private static FileLock lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(Segments.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock found;
    try {
      found = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      found = null;
    }
    if (found == null) {
      channel.close();
      throw new UnusableModelException(
          folder.toString(),
          0,
          "another process writes this audit log",
          "stop it, or give each server a folder of its own (evenkeel.audit.path)");
    }
    return found;
  }

  /** The log's id. */
  public String id() {
    return writer.log();
  }

  /** Why records can't be written at present; null where they can. */
  public @Nullable String failure() {
    return failure != null || !intake.isClosed() ? failure : "the log is closed";
  }

  /** How many entries wait to be written. */
  public int waiting() {
    return intake.size();
  }

  /**
   * Hands over an entry and goes on. Never waits.
   *
   * @return false where there is no room for it; then it is lost and counted
   */
  public boolean offer(Entry entry) {
    boolean taken = intake.offer(entry);
    if (!taken) {
      watch.lost(1);
    }
    return taken;
  }

  /**
   * Hands over an entry, and waits until it is on disk.
   *
   * @param until when to give up at the latest, by {@link System#nanoTime}
   * @return false where it isn't on disk; where that is only because it took too long, the log may
   *     still get it, and then says that nobody waited for it
   */
  public boolean keep(Entry entry, long until) {
    Waiting own = Waiting.awaited(entry);
    if (!intake.offer(own)) {
      return false;
    }
    if (idle) {
      LockSupport.unpark(thread);
    }
    return own.await(until);
  }

  private void run() {
    List<Waiting> group = new ArrayList<>();
    while (!intake.isClosed() || !intake.isEmpty()) {
      int callers = intake.take(group);
      if (!group.isEmpty()) {
        commit(group);
      }
      tend();
      if (callers >= CROWD) {
        gather();
      } else if (group.size() < LARGEST_GROUP) {
        rest();
      }
      group.clear();
    }
    end();
  }

  /** Until somebody waits, or for a while. */
  private void rest() {
    idle = true;
    if (!intake.isAwaited() && !intake.isClosed()) {
      LockSupport.parkNanos(this, LOOK_NANOS);
    }
    idle = false;
  }

  /** The more go to the disk together, the less it costs each. */
  private void gather() {
    LockSupport.parkNanos(this, Math.min(GATHERING_SYNCS * syncNanos, LONGEST_GATHERING_NANOS));
  }

  /** Writes what has gathered, and brings it to disk if anybody waits for it. */
  private void commit(List<Waiting> group) {
    try {
      recover();
      rotate();
      recordLosses();
      boolean callerWaits = false;
      for (Waiting one : group) {
        if (one.isOpen() && append(one)) {
          callerWaits |= one.isAwaited();
        }
      }
      writer.flush();
      if (callerWaits) {
        sync();
      }
      for (Waiting one : group) {
        complete(one);
      }
    } catch (IOException | RuntimeException e) {
      // A defect too ends the attempt and not the thread, without which nobody would write.
      fail(e);
      for (Waiting one : group) {
        if (one.isAwaited()) {
          one.lose();
        }
      }
      countLost(group.stream().filter(one -> !one.isAwaited() && !one.isCounted()).count());
    }
  }

  /** A defect in one entry is no reason to lose the others. */
  private boolean append(Waiting one) throws IOException {
    try {
      writer.append(one.entry());
    } catch (RuntimeException e) {
      LOG.error("An audit record couldn't be made, because of a defect in Evenkeel", e);
      one.lose();
      if (!one.isAwaited()) {
        countLost(1);
      }
      return false;
    }
    appended++;
    if (!one.isAwaited()) {
      one.count();
      unsynced++;
    }
    return true;
  }

  private void complete(Waiting one) {
    if (!one.isAwaited()) {
      return;
    }
    if (!one.keep() && one.isWithdrawn()) {
      Entry correction = one.entry().withdrawn();
      if (correction != null) {
        intake.addBeyond(correction);
      }
    }
  }

  private void rotate() throws IOException {
    if (writer.rotateIfDue()) {
      synced();
    }
  }

  private void recordLosses() throws IOException {
    lost += intake.takeRefused();
    if (lost > 0) {
      writer.append(Members.of(clock.instant(), "gap").with("lost", lost));
      gapUnsynced += lost;
      lost = 0;
    }
  }

  private void countLost(long records) {
    if (records > 0) {
      lost += records;
      watch.lost(records);
    }
  }

  /** What is due without anybody waiting. */
  private void tend() {
    long now = System.nanoTime();
    try {
      if (now - lastCheckpoint >= settings.checkpoints().toNanos()) {
        lastCheckpoint = now;
        recover();
        rotate();
        recordLosses();
        writer.takeNotes();
        if (writer.isUnsigned()) {
          writer.checkpoint();
          synced();
        }
      } else if (now - lastSync >= settings.sync().toNanos()) {
        recover();
        if (failure == null) {
          sync();
        } else {
          tryAgain();
        }
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  /**
   * Writes something: to bring nothing to disk works on a full one too, and would be taken for its
   * end.
   */
  private void tryAgain() throws IOException {
    recordLosses();
    writer.checkpoint();
    lastSync = System.nanoTime();
    synced();
  }

  private void sync() throws IOException {
    long before = System.nanoTime();
    writer.sync();
    lastSync = System.nanoTime();
    syncNanos = lastSync - before;
    if (appended > 0) {
      watch.committed(appended, syncNanos);
    }
    synced();
  }

  private void synced() {
    countAnew();
    if (failure != null) {
      failure = null;
      LOG.info("Audit records are written again");
    }
  }

  private void countAnew() {
    appended = 0;
    unsynced = 0;
    gapUnsynced = 0;
  }

  /** Takes back what may be half written. */
  private void recover() throws IOException {
    if (gaveUp) {
      writer.rollBack();
      gaveUp = false;
    }
  }

  private void fail(Exception cause) {
    watch.failed();
    lastSync = System.nanoTime();
    if (failure == null) {
      if (cause instanceof IOException) {
        LOG.error("Audit records can't be written: {}", cause.toString());
      } else {
        LOG.error("Audit records can't be written because of a defect in Evenkeel", cause);
      }
    }
    failure = cause.toString();
    if (!writer.isSynced()) {
      countLost(unsynced);
      lost += gapUnsynced;
    }
    countAnew();
    gaveUp = true;
    try {
      recover();
    } catch (IOException e) {
      LOG.warn("The audit log is cleaned up later: {}", e.toString());
    }
  }

  private void end() {
    try {
      recover();
      recordLosses();
      writer.append(Members.of(clock.instant(), "closed"));
      writer.checkpoint();
    } catch (IOException e) {
      LOG.error("The audit log couldn't be closed: {}", e.toString());
    }
    try {
      writer.close();
      lock.channel().close();
    } catch (IOException e) {
      LOG.warn("The audit log's files couldn't be closed: {}", e.toString());
    }
  }

  /** Writes what is still to be written, and signs all of it. */
  @Override
  public void close() {
    intake.close();
    LockSupport.unpark(thread);
    try {
      if (!thread.join(LONGEST_END)) {
        LOG.warn("The audit log is still being written; the server ends all the same");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
