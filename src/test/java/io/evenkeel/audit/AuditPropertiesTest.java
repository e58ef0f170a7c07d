package io.evenkeel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.BoundSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class AuditPropertiesTest {
  private static final AuditProperties DEFAULTS =
      new AuditProperties(
          AuditMode.OFF,
          Map.of(),
          Path.of("audit"),
          Path.of("audit.pem"),
          DataSize.ofMegabytes(64),
          Duration.ofDays(1),
          Duration.ZERO,
          Duration.ofMinutes(1),
          Duration.ofSeconds(1),
          16384,
          Duration.ofMillis(100));

  @Test
  void hasDefaults() {
    assertThat(BoundSettings.defaults(AuditProperties.class)).isEqualTo(DEFAULTS);
    assertThat(DEFAULTS.strictest()).isEqualTo(AuditMode.OFF);
  }

  @Test
  void takesEachKey() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("mode", "async");
    values.put("models.wine", "durable");
    values.put("path", "log");
    values.put("signing-key", "k.pem");
    values.put("segment-size", "1MB");
    values.put("segment-age", "1h");
    values.put("retention", "365d");
    values.put("checkpoint", "5s");
    values.put("sync", "2s");
    values.put("max-waiting", "7");
    values.put("patience", "1s");

    AuditProperties set = BoundSettings.allSet(AuditProperties.class, values);

    assertThat(set)
        .isEqualTo(
            new AuditProperties(
                AuditMode.ASYNC,
                Map.of("wine", AuditMode.DURABLE),
                Path.of("log"),
                Path.of("k.pem"),
                DataSize.ofMegabytes(1),
                Duration.ofHours(1),
                Duration.ofDays(365),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                7,
                Duration.ofSeconds(1)));
    assertThat(set.modeOf("wine")).isEqualTo(AuditMode.DURABLE);
    assertThat(set.modeOf("beer")).isEqualTo(AuditMode.ASYNC);
    assertThat(set.strictest()).isEqualTo(AuditMode.DURABLE);
  }

  @Test
  void refusesASegmentThatIsTooSmall() {
    assertThatThrownBy(() ->
            new AuditProperties(
                AuditMode.OFF,
                Map.of(),
                Path.of("audit"),
                Path.of("audit.pem"),
                DataSize.ofBytes(1),
                Duration.ofDays(1),
                Duration.ZERO,
                Duration.ofMinutes(1),
                Duration.ofSeconds(1),
                1,
                Duration.ZERO))
        .hasMessageContaining("segment-size");
  }
}
