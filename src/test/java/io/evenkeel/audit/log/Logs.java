package io.evenkeel.audit.log;

import io.evenkeel.keyring.KeyText;
import io.evenkeel.keyring.Keyring;
import io.evenkeel.registry.artifact.SigningKey;
import io.evenkeel.registry.artifact.TrustedKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Makes logs for tests, below a folder of theirs. */
final class Logs {
  private static final long FOREVER = Duration.ofSeconds(60).toNanos();

  final Path folder;
  final Keyring ring = new Keyring(() -> KeyText.parse("test", "k1:" + "ab".repeat(32)));
  final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  final SigningKey key;
  final TrustedKeys trusted;
  LogSettings settings;
  Disk disk = Disk.REAL;

  Logs(Path temporary) throws IOException {
    this.folder = temporary.resolve("audit");
    Path keys = Files.createDirectories(temporary.resolve("keys"));
    Path secret = temporary.resolve("audit.pem");
    Files.move(SigningKey.make(secret), keys.resolve("audit.pub.pem"));
    this.key = SigningKey.read(secret);
    this.trusted = TrustedKeys.read(keys);
    this.settings =
        new LogSettings(
            folder,
            new LogSettings.Rotation(1500, Duration.ofDays(1)),
            Duration.ZERO,
            Duration.ofHours(1),
            Duration.ofMillis(20),
            1000);
  }

  AuditLog open() {
    return open(LogWatch.NOBODY);
  }

  AuditLog open(LogWatch watch) {
    InstantSource clock = now::get;
    return AuditLog.open(settings, new LogWriter.Surroundings(disk, key, ring, clock), watch);
  }

  /** Writes so many records and waits for each; then closes. */
  void write(int records) {
    try (AuditLog log = open()) {
      for (int i = 0; i < records; i++) {
        if (!keep(log, "record " + i)) {
          throw new IllegalStateException("record " + i + " wasn't kept: " + log.failure());
        }
      }
    }
  }

  static boolean keep(AuditLog log, String text) {
    return log.keep(entry(text), System.nanoTime() + FOREVER);
  }

  static Entry entry(String text) {
    return () -> ("{\"kind\":\"test\",\"text\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  Verdict verify() {
    return new LogVerifier(folder, trusted, null).verify();
  }

  Verdict verify(@Nullable Anchor expected) {
    return new LogVerifier(folder, trusted, expected).verify();
  }

  List<Path> segments() throws IOException {
    return Segments.list(folder);
  }

  /** All records, as they stand in the files. */
  List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path segment : segments()) {
      lines.addAll(Files.readAllLines(segment));
    }
    return lines;
  }

  /** The records of a kind. */
  List<String> lines(String kind) throws IOException {
    return lines().stream().filter(line -> line.contains("\"kind\":\"" + kind + "\"")).toList();
  }
}
