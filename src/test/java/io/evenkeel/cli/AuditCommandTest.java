package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.audit.log.AuditLog;
import io.evenkeel.audit.log.Entry;
import io.evenkeel.audit.log.LogSettings;
import io.evenkeel.audit.log.LogWatch;
import io.evenkeel.keyring.KeyFile;
import io.evenkeel.keyring.Keyring;
import io.evenkeel.registry.artifact.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The commands about a log that was written. */
class AuditCommandTest {
  @TempDir private Path root;
  private String log;
  private String keys;
  private String trusted;

  @BeforeEach
  void writeALog() throws IOException {
    log = root.resolve("audit").toString();
    keys = root.resolve("audit.keys").toString();
    trusted = Files.createDirectory(root.resolve("trusted")).toString();
    Path secret = root.resolve("audit.pem");
    Files.move(SigningKey.make(secret), root.resolve("trusted/audit.pub.pem"));
    Invocation made = Invocation.of("audit", "keys", "--file", keys, "--key-id", "k1");
    assertThat(made.code()).as(made.err()).isZero();
    LogSettings settings =
        new LogSettings(
            Path.of(log),
            new LogSettings.Rotation(1200, Duration.ofDays(1)),
            Duration.ZERO,
            Duration.ofHours(1),
            Duration.ofMillis(10),
            100);
    try (AuditLog written =
        AuditLog.open(
            settings,
            SigningKey.read(secret),
            new Keyring(new KeyFile(Path.of(keys))),
            LogWatch.NOBODY,
            InstantSource.system())) {
      for (int i = 0; i < 8; i++) {
        assertThat(written.offer(entry("id-" + i, i % 2 == 0 ? "wine" : "beer"))).isTrue();
      }
    }
  }

  private static Entry entry(String id, String model) {
    String json =
        "{\"at\":\"2026-11-26T05:00:00Z\",\"kind\":\"predict\",\"id\":\"%s\",\"model\":\"%s\",\"outcome\":\"served\"}"
            .formatted(id, model);
    return () -> json.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void verifiesAndNamesTheLastCheckpoint() {
    Invocation verified = Invocation.of("audit", "verify", "--trusted", trusted, log);

    assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
    assertThat(verified.out()).contains("It is what was written.");
    String anchor = verified.out().replaceAll("(?s).*Last checkpoint: (\\S+).*", "$1");
    assertThat(Invocation.of("audit", "verify", "--expect", anchor, log).code()).isZero();
    Invocation other = Invocation.of("audit", "verify", "--expect", "3:" + "0".repeat(64), log);
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.out()).contains("isn't the one that was expected");
    assertThat(Invocation.of("audit", "verify", "--expect", "x", log).code()).isEqualTo(2);
  }

  @Test
  void tellsWhereALogWasChanged() throws IOException {
    Path first;
    try (Stream<Path> files = Files.list(Path.of(log))) {
      first =
          files
              .filter(file -> file.toString().endsWith("1.log"))
              .sorted()
              .findFirst()
              .orElseThrow();
    }
    Files.writeString(first, Files.readString(first).replaceFirst("id-", "iD-"));

    Invocation verified = Invocation.of("audit", "verify", "--trusted", trusted, log);
    Invocation json = Invocation.of("audit", "verify", "--json", log);

    assertThat(verified.code()).isEqualTo(1);
    assertThat(verified.out()).contains(first.getFileName() + ":", "isn't what was written");
    assertThat(JsonMapper.shared().readTree(json.out()).at("/findings/0/kind").asString())
        .isEqualTo("CHANGED");
  }

  @Test
  void trustsNoKeyOfAnotherServer() throws IOException {
    Path other = Files.createDirectory(root.resolve("other"));
    Files.move(SigningKey.make(root.resolve("other.pem")), other.resolve("o.pub.pem"));

    Invocation verified = Invocation.of("audit", "verify", "--trusted", other.toString(), log);

    assertThat(verified.code()).isEqualTo(1);
    assertThat(verified.out()).contains("isn't signed by a trusted key");
  }

  @Test
  void showsAndExportsWhatIsAskedFor() {
    Invocation shown = Invocation.of("audit", "show", "--model", "wine", "--limit", "3", log);
    Invocation exported = Invocation.of("audit", "export", "--id", "id-3,id-5", log);

    assertThat(shown.out().lines()).hasSize(4);
    assertThat(shown.out()).contains("predict  id=id-0 model=wine outcome=served", "--limit");
    List<String> lines = exported.out().lines().toList();
    assertThat(lines).hasSize(2).allMatch(line -> line.contains("\"hash\":\""));
    assertThat(JsonMapper.shared().readTree(lines.getFirst()).path("id").asString())
        .isEqualTo("id-3");
    assertThat(Invocation.of("audit", "show", "--since", "2099-01-01T00:00:00Z", log).out())
        .isEmpty();
  }

  @Test
  void erasesNothingWithoutBeingToldWhat() {
    assertThat(Invocation.of("audit", "erase", "--by", "anna", "--why", "law", log).code())
        .isEqualTo(2);
    Invocation nothing =
        Invocation.of("audit", "erase", "--by", "anna", "--why", "law", "--id", "id-1", log);
    assertThat(nothing.code()).isEqualTo(1);
    assertThat(nothing.out()).contains("There was nothing to erase.");
  }
}
