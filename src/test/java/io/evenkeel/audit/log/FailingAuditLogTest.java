package io.evenkeel.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log does while it can't write, and afterwards. */
class FailingAuditLogTest {
  private static final long ENOUGH = 1_000_000;

  @TempDir private Path temporary;
  private Logs logs;
  private FailingDisk disk;

  @BeforeEach
  void makeLogs() throws IOException {
    logs = new Logs(temporary);
    disk = new FailingDisk(ENOUGH);
    logs.disk = disk;
  }

  @Test
  void aFullDiskKeepsNothingAndLeavesNoTornRecord() throws IOException {
    try (AuditLog log = logs.open()) {
      assertThat(Logs.keep(log, "before")).isTrue();
      disk.leave(150);
      assertThat(Logs.keep(log, "while it is full")).isFalse();
      assertThat(log.failure()).contains("No space left on device");
      disk.leave(ENOUGH);
      assertThat(Logs.keep(log, "after")).isTrue();
      assertThat(log.failure()).isNull();
    }

    assertThat(logs.lines("test")).hasSize(2);
    assertThat(logs.verify().findings()).isEmpty();
  }

  @Test
  void saysThatItFailsUntilItHasWrittenAgainThoughNobodyAsks() throws Exception {
    // The first one is the record's; the others are its own attempts.
    CountDownLatch attempts = new CountDownLatch(4);
    try (AuditLog log = logs.open(watch(attempts, new AtomicLong()))) {
      disk.leave(0);
      assertThat(Logs.keep(log, "while it is full")).isFalse();
      assertThat(attempts.await(30, TimeUnit.SECONDS)).as("it goes on trying").isTrue();
      assertThat(log.failure()).contains("No space left on device");

      disk.leave(ENOUGH);

      Await.until(() -> log.failure() == null);
    }

    assertThat(logs.verify().findings()).isEmpty();
  }

  @Test
  void aDefectInTheWriterEndsNoLog() throws Exception {
    try (AuditLog log = logs.open()) {
      disk.defect = true;
      assertThat(Logs.keep(log, "meanwhile")).isFalse();
      assertThat(log.failure()).contains("a defect");
      disk.defect = false;
      assertThat(Logs.keep(log, "after")).isTrue();
    }

    assertThat(logs.verify().findings()).isEmpty();
  }

  @Test
  void aSyncThatFailsKeepsNothing() throws IOException {
    try (AuditLog log = logs.open()) {
      disk.forceFails = true;
      assertThat(Logs.keep(log, "not safe")).isFalse();
      disk.forceFails = false;
      assertThat(Logs.keep(log, "safe")).isTrue();
    }

    assertThat(logs.lines("test")).singleElement().asString().contains("\"safe\"");
    assertThat(logs.verify().findings()).isEmpty();
  }

  @Test
  void countsWhatAFullDiskHasLost() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    AtomicLong lost = new AtomicLong();
    try (AuditLog log = logs.open(watch(failed, lost))) {
      disk.leave(10);
      assertThat(log.offer(Logs.entry("lost"))).isTrue();
      assertThat(failed.await(30, TimeUnit.SECONDS)).isTrue();
      disk.leave(ENOUGH);
    }

    assertThat(lost).hasValue(1);
    assertThat(logs.lines("gap")).singleElement().asString().contains("\"lost\":1");
  }

  @Test
  void aDefectInOneEntryLosesNoOther() throws IOException {
    try (AuditLog log = logs.open()) {
      Entry broken =
          () -> {
            throw new IllegalStateException("a defect");
          };
      assertThat(log.keep(broken, System.nanoTime() + Duration.ofSeconds(60).toNanos())).isFalse();
      assertThat(Logs.keep(log, "next")).isTrue();
    }

    assertThat(logs.verify().findings()).isEmpty();
  }

  private static LogWatch watch(CountDownLatch failures, AtomicLong lost) {
    return new LogWatch() {
      @Override
      public void committed(int records, long nanos) {}

      @Override
      public void lost(long records) {
        lost.addAndGet(records);
      }

      @Override
      public void failed() {
        failures.countDown();
      }
    };
  }
}
