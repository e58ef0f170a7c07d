package io.evenkeel.audit.log;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever tampers with a log is found out, and where. */
class TamperingTest {
  private static final int ROUNDS = Integer.getInteger("evenkeel.audit.tampering.rounds", 300);

  @TempDir private Path temporary;
  private Logs logs;

  /** The log as it was written, by file. */
  private final Map<Path, byte[]> original = new HashMap<>();

  @BeforeEach
  void writeALog() throws IOException {
    logs = new Logs(temporary);
    logs.write(14);
    logs.write(14);
    for (Path file : logs.segments()) {
      original.put(file, Files.readAllBytes(file));
    }
    Path head = logs.folder.resolve(Segments.HEAD);
    original.put(head, Files.readAllBytes(head));
    assertThat(logs.verify().findings()).isEmpty();
    assertThat(logs.segments()).hasSizeGreaterThan(4);
  }

  /** What was done, and to which record; 0 where that is the head. */
  private record Deed(String what, long seq) {}

  @Test
  void findsAndLocatesAnyFlippedDeletedMovedOrCutRecord() throws IOException {
    for (int seed = 0; seed < ROUNDS; seed++) {
      restore();
      Deed deed = tamper(new Random(seed));
      List<Finding> findings = logs.verify().findings();
      assertThat(findings).as("seed %d: %s", seed, deed).isNotEmpty();
      assertThat(findings)
          .as("seed %d: %s is located", seed, deed)
          .anyMatch(finding -> isAt(finding, deed));
    }
  }

  /** A line's end belongs to the record before it, its place to the one behind. */
  private static boolean isAt(Finding finding, Deed deed) {
    return deed.seq == 0
        ? finding.kind() == Finding.Kind.HEAD
        : Math.abs(finding.seq() - deed.seq) <= 1;
  }

  private void restore() throws IOException {
    for (Path file : Segments.list(logs.folder)) {
      Files.delete(file);
    }
    for (Map.Entry<Path, byte[]> file : original.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
  }

  private Deed tamper(Random random) throws IOException {
    List<Path> segments = logs.segments();
    int which = random.nextInt(segments.size());
    Path file = segments.get(which);
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    int line = random.nextInt(lines.size());
    long seq = Segments.firstSeq(file) + line;
    return switch (random.nextInt(10)) {
      case 0 -> {
        byte[] bytes = Files.readAllBytes(file);
        int at = random.nextInt(bytes.length);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
        yield new Deed("a bit is flipped", seqAt(file, at));
      }
      case 1 -> {
        lines.remove(line);
        write(file, lines);
        yield new Deed("a record is deleted", seq);
      }
      case 2 -> {
        int other = (line + 1 + random.nextInt(lines.size() - 1)) % lines.size();
        Collections.swap(lines, line, other);
        write(file, lines);
        yield new Deed(
            "two records change places", Segments.firstSeq(file) + Math.min(line, other));
      }
      case 3 -> {
        lines.add(random.nextInt(lines.size() + 1), lines.get(line));
        write(file, lines);
        yield new Deed("a record stands twice", seq);
      }
      case 4 -> {
        byte[] bytes = Files.readAllBytes(file);
        int at = random.nextInt(bytes.length);
        Files.write(file, Arrays.copyOf(bytes, at));
        yield new Deed("a segment is cut", seqAt(file, at));
      }
      case 5 -> {
        Files.delete(file);
        yield new Deed("a segment is deleted", Segments.firstSeq(file));
      }
      case 6 -> {
        int other = (which + 1 + random.nextInt(segments.size() - 1)) % segments.size();
        byte[] moved = Files.readAllBytes(file);
        Files.write(file, Files.readAllBytes(segments.get(other)));
        Files.write(segments.get(other), moved);
        yield new Deed(
            "two segments change places",
            Math.min(Segments.firstSeq(file), Segments.firstSeq(segments.get(other))));
      }
      case 7 -> {
        lines.set(line, forged(lines.get(line)));
        write(file, lines);
        yield new Deed("a record is written anew, with its right hash", seq);
      }
      case 8 -> {
        lines.add(line, forged(lines.get(line)));
        write(file, lines);
        yield new Deed("a record is added", seq);
      }
      default -> {
        Path head = logs.folder.resolve(Segments.HEAD);
        byte[] bytes = Files.readAllBytes(head);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(head, bytes);
        yield new Deed("a bit of the head is flipped", 0);
      }
    };
  }

  private long seqAt(Path file, int offset) {
    byte[] bytes = requireNonNull(original.get(file));
    long seq = Segments.firstSeq(file);
    for (int i = 0; i < offset; i++) {
      if (bytes[i] == '\n') {
        seq++;
      }
    }
    return seq;
  }

  /** The same record with another content, and with the hash that belongs to that. */
  private static String forged(String line) {
    RecordLine read = requireNonNull(RecordLine.read(line.getBytes(StandardCharsets.UTF_8)));
    return new String(
        RecordLine.write(
            read.seq(), read.prev(), "{\"kind\":\"forged\"}".getBytes(StandardCharsets.UTF_8)),
        StandardCharsets.UTF_8);
  }

  private static void write(Path file, List<String> lines) throws IOException {
    Files.writeString(file, lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
  }

  @Test
  void aChainThatIsComputedAnewLacksSignatures() throws IOException {
    for (long target : List.of(3L, 11L, 25L)) {
      restore();
      rewriteFrom(target);

      List<Finding> findings = logs.verify().findings();

      assertThat(findings).isNotEmpty();
      assertThat(findings.getFirst().kind()).isEqualTo(Finding.Kind.UNSIGNED);
      assertThat(findings.getFirst().seq()).isGreaterThan(target);
      assertThat(findings.getFirst().detail()).contains("may have been written anew");
    }
  }

  /** Changes one record, and gives all behind it the hashes that follow. */
  private void rewriteFrom(long target) throws IOException {
    String prev = RecordLine.NOTHING;
    for (Path file : logs.segments()) {
      List<String> written = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        RecordLine read = requireNonNull(RecordLine.read(line.getBytes(StandardCharsets.UTF_8)));
        if (read.seq() < target) {
          written.add(line);
          prev = read.hash();
          continue;
        }
        int members = line.indexOf("\",\"", line.indexOf("\"prev\"")) + 2;
        String json =
            read.seq() == target
                ? "{\"kind\":\"test\",\"text\":\"never happened\"}"
                : "{" + line.substring(members, line.lastIndexOf(",\"hash\"")) + "}";
        byte[] anew = RecordLine.write(read.seq(), prev, json.getBytes(StandardCharsets.UTF_8));
        written.add(new String(anew, StandardCharsets.UTF_8));
        prev = RecordLine.hashOf(anew);
      }
      write(file, written);
    }
  }

  @Test
  void anAnchorTellsThatAnOlderCopyWasPutInPlace() throws IOException {
    Map<Path, byte[]> older = new HashMap<>(original);
    logs.write(14);
    Anchor anchor = Anchor.parse(requireNonNull(logs.verify().anchor()));
    original.clear();
    original.putAll(older);
    restore();

    assertThat(logs.verify().findings()).as("without an anchor nobody can tell").isEmpty();
    assertThat(logs.verify(anchor).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.detail()).contains("missing at the end"));
  }

  @Test
  void recordsBehindTheLastCheckpointCanBeCutOffUnnoticed() throws IOException {
    Path last = logs.segments().getLast();
    RecordLine end =
        requireNonNull(
            RecordLine.read(Files.readAllLines(last).getLast().getBytes(StandardCharsets.UTF_8)));
    byte[] later =
        RecordLine.write(
            end.seq() + 1, end.hash(), "{\"kind\":\"test\"}".getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        last, Files.readString(last) + new String(later, StandardCharsets.UTF_8) + "\n");

    Verdict longer = logs.verify();
    assertThat(longer.findings()).isEmpty();
    assertThat(longer.last()).isEqualTo(longer.sealed() + 1);

    restore();
    assertThat(logs.verify().findings()).as("as docs/audit.md says").isEmpty();
  }
}
