package io.evenkeel.audit.log;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.keyring.SealBrokenException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  @TempDir private Path temporary;
  private Logs logs;

  @BeforeEach
  void makeLogs() throws IOException {
    logs = new Logs(temporary);
  }

  @Test
  void whatIsKeptIsInTheFileAtOnce() throws IOException {
    try (AuditLog log = logs.open()) {
      assertThat(Logs.keep(log, "one")).isTrue();

      assertThat(logs.lines("test")).singleElement().asString().contains("\"text\":\"one\"");
    }
    assertThat(logs.verify().findings()).isEmpty();
  }

  @Test
  void manyCallersShareOneCommit() throws Exception {
    AtomicLong commits = new AtomicLong();
    AtomicLong records = new AtomicLong();
    LogWatch watch =
        new LogWatch() {
          @Override
          public void committed(int written, long nanos) {
            commits.incrementAndGet();
            records.addAndGet(written);
          }

          @Override
          public void lost(long lost) {}

          @Override
          public void failed() {}
        };
    int callers = 64;
    int each = 20;
    try (AuditLog log = logs.open(watch);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch together = new CountDownLatch(callers);
      List<Future<Boolean>> kept = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        String name = "caller " + i;
        kept.add(
            threads.submit(() -> {
              together.countDown();
              together.await();
              boolean all = true;
              for (int j = 0; j < each; j++) {
                all &= Logs.keep(log, name + " " + j);
              }
              return all;
            }));
      }
      for (Future<Boolean> one : kept) {
        assertThat(one.get()).isTrue();
      }
    }

    assertThat(records).hasValue((long) callers * each);
    assertThat(commits.get()).isLessThan((long) callers * each / 2);
    assertThat(logs.lines("test")).hasSize(callers * each).doesNotHaveDuplicates();
    assertThat(logs.verify().isWhole()).isTrue();
  }

  @Test
  void whatIsOfferedIsWrittenWithoutAnybodyWaiting() throws IOException {
    try (AuditLog log = logs.open()) {
      for (int i = 0; i < 100; i++) {
        assertThat(log.offer(Logs.entry("offer " + i))).isTrue();
      }
    }

    assertThat(logs.lines("test")).hasSize(100);
    assertThat(logs.verify().isWhole()).isTrue();
  }

  @Test
  void recordsHowManyWereLostForWantOfRoom() throws Exception {
    logs.settings =
        new LogSettings(
            logs.folder,
            logs.settings.rotation(),
            Duration.ZERO,
            Duration.ofHours(1),
            Duration.ofMillis(20),
            10);
    AtomicLong refused = new AtomicLong();
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (AuditLog log = logs.open()) {
      log.offer(() -> {
        writing.countDown();
        try {
          goOn.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return "{\"kind\":\"test\"}".getBytes(StandardCharsets.UTF_8);
      });
      writing.await();
      for (int i = 0; i < 25; i++) {
        if (!log.offer(Logs.entry("offer " + i))) {
          refused.incrementAndGet();
        }
      }
      goOn.countDown();
    }

    assertThat(refused).hasValue(15);
    assertThat(logs.lines("gap")).singleElement().asString().contains("\"lost\":15");
    assertThat(logs.lines("test")).hasSize(11);
    assertThat(logs.verify().isWhole()).isTrue();
  }

  @Test
  void goesOnWhereTheLastProcessHasEnded() throws IOException {
    logs.write(10);
    logs.write(10);

    Verdict verdict = logs.verify();
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.segments()).isGreaterThan(2);
    assertThat(verdict.sealed()).isEqualTo(verdict.last());
    assertThat(logs.lines("opened")).hasSize(2);
    assertThat(logs.lines("closed")).hasSize(2);
  }

  @Test
  void cutsOffWhatAKilledProcessHasBegunToWriteAndSaysSo() throws IOException {
    logs.write(3);
    Path last = logs.segments().getLast();
    String begun = "{\"seq\":99,\"prev\":\"0011";
    Files.writeString(last, begun, StandardOpenOption.APPEND);
    assertThat(logs.verify().findings()).extracting(Finding::kind).contains(Finding.Kind.TORN);

    logs.write(1);

    assertThat(logs.verify().findings()).isEmpty();
    assertThat(logs.lines("opened").getLast()).contains("\"cut\":" + begun.length());
  }

  @Test
  void goesOnAfterAKillBetweenTwoSegments() throws IOException {
    logs.write(3);
    long next = logs.verify().last() + 1;
    Files.writeString(Segments.file(logs.folder, next), "{\"seq\":" + next);

    logs.write(1);

    assertThat(logs.verify().findings()).isEmpty();
  }

  @Test
  void refusesToGoOnBehindAChangedRecord() throws IOException {
    logs.write(3);
    Path last = logs.segments().getLast();
    String text = Files.readString(last);
    int at = text.indexOf("\"kind\":\"") + 8;
    Files.writeString(last, text.substring(0, at) + "X" + text.substring(at + 1));

    assertThatThrownBy(logs::open)
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("isn't as it was written")
        .hasMessageContaining("evenkeel audit verify");
  }

  @Test
  void refusesToGoOnWhereTheEndIsMissing() throws IOException {
    logs.write(20);
    Files.delete(logs.segments().getLast());

    assertThatThrownBy(logs::open).hasMessageContaining("missing at the end");
  }

  @Test
  void isWrittenByOneProcessAtATime() {
    try (AuditLog log = logs.open()) {
      assertThat(log.failure()).isNull();
      assertThatThrownBy(logs::open).hasMessageContaining("another process writes this audit log");
    }
  }

  @Test
  void removesOldSegmentsWholeAndSaysSo() throws IOException {
    logs.settings =
        new LogSettings(
            logs.folder,
            logs.settings.rotation(),
            Duration.ofDays(30),
            Duration.ofHours(1),
            Duration.ofMillis(20),
            1000);
    logs.write(20);
    int before = logs.segments().size();
    logs.now.updateAndGet(then -> then.plus(Duration.ofDays(31)));

    logs.write(1);

    assertThat(before).isGreaterThan(3);
    assertThat(logs.segments()).hasSizeLessThan(before);
    assertThat(logs.lines("removed")).hasSize(1);
    Verdict verdict = logs.verify();
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.first()).isGreaterThan(1);
  }

  @Test
  void keepsDataKeysBesideTheLogUntilTheyAreErased() throws Exception {
    byte[] first = new byte[32];
    byte[] second = new byte[32];
    Arrays.fill(first, (byte) 1);
    Arrays.fill(second, (byte) 2);
    try (AuditLog log = logs.open()) {
      assertThat(log.keep(withKey("first", first), System.nanoTime() + 60_000_000_000L)).isTrue();
      assertThat(log.keep(withKey("second", second), System.nanoTime() + 60_000_000_000L)).isTrue();
    }
    assertThat(key("first")).isEqualTo(first);
    assertThat(key("second")).isEqualTo(second);

    List<String> erased =
        Erasure.erase(
            logs.folder,
            record -> record.path("id").asString("").equals("first"),
            new Erasure.Author("anna", "the law"));
    logs.write(1);

    assertThat(erased).containsExactly("first");
    assertThat(key("first")).isNull();
    assertThat(key("second")).isEqualTo(second);
    assertThat(logs.verify().findings()).isEmpty();
    assertThat(logs.lines("erased"))
        .singleElement()
        .asString()
        .contains("\"who\":\"anna\"", "\"ids\":[\"first\"]");
  }

  @Test
  void aKeyWhoseRecordWasNeverWrittenIsForgotten() throws Exception {
    logs.settings =
        new LogSettings(
            logs.folder,
            new LogSettings.Rotation(1_000_000, Duration.ofDays(1)),
            Duration.ZERO,
            Duration.ofHours(1),
            Duration.ofMillis(20),
            1000);
    byte[] stale = new byte[32];
    byte[] right = new byte[32];
    Arrays.fill(right, (byte) 3);
    Path segment;
    try (AuditLog log = logs.open()) {
      assertThat(log.keep(withKey("one", right), System.nanoTime() + 60_000_000_000L)).isTrue();
      segment = logs.segments().getFirst();
    }
    try (DataKeyFile killed = new DataKeyFile(segment, id(segment), logs.ring, Disk.REAL)) {
      for (long seq = logs.verify().last() + 1; seq < logs.verify().last() + 10; seq++) {
        killed.add(seq, stale);
      }
    }
    try (AuditLog log = logs.open()) {
      assertThat(log.keep(withKey("two", right), System.nanoTime() + 60_000_000_000L)).isTrue();
    }

    assertThat(key("one")).isEqualTo(right);
    assertThat(key("two")).isEqualTo(right);
  }

  private static String id(Path segment) throws IOException {
    byte[] line = Files.readAllLines(segment).getFirst().getBytes(StandardCharsets.UTF_8);
    return requireNonNull(RecordLine.read(line)).json().path("log").asString();
  }

  private static Entry withKey(String id, byte[] key) {
    return new Entry() {
      @Override
      public byte[] json() {
        return ("{\"kind\":\"test\",\"id\":\"" + id + "\",\"values\":\"AAAA\"}")
            .getBytes(StandardCharsets.UTF_8);
      }

      @Override
      public byte[] dataKey() {
        return key;
      }
    };
  }

  private byte @Nullable [] key(String id) {
    AtomicReference<byte @Nullable []> found = new AtomicReference<>();
    LogReader.read(
        logs.folder,
        logs.ring,
        (record, keys) -> {
          if (record.json().path("id").asString("").equals(id)) {
            try {
              found.set(keys.find(record.seq()));
            } catch (SealBrokenException e) {
              throw new IllegalStateException(e);
            }
          }
          return true;
        });
    return found.get();
  }
}
