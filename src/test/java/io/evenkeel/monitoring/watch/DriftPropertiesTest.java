package io.evenkeel.monitoring.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.BoundSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriftPropertiesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void haveDefaults() {
    assertThat(BoundSettings.defaults(DriftProperties.class))
        .isEqualTo(
            new DriftProperties(true, 1e6, 1e9, 1000, 5000, MINUTE, Duration.ofMinutes(10), ""));
  }

  @Test
  void takeEachKey() {
    assertThat(
            BoundSettings.allSet(
                DriftProperties.class,
                Map.of(
                    "enabled", "false",
                    "inform", "1e5",
                    "act", "1e8",
                    "max-rows-per-second", "10",
                    "window", "200",
                    "save", "2m",
                    "max-age", "5m",
                    "server", "a")))
        .isEqualTo(
            new DriftProperties(
                false, 1e5, 1e8, 10, 200, Duration.ofMinutes(2), Duration.ofMinutes(5), "a"));
  }

  @Test
  void refuseWhatMakesNoSense() {
    assertThatThrownBy(() -> new DriftProperties(true, 1e6, 1e9, 0, 5000, MINUTE, MINUTE, ""))
        .hasMessageContaining("max-rows-per-second");
    assertThatThrownBy(() -> new DriftProperties(true, 1e6, 1e9, 1, 5000, MINUTE, MINUTE, ""))
        .hasMessageContaining("max-age (PT1M) must be longer than save (PT1M)");
  }
}
