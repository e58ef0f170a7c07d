package io.evenkeel.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.evenkeel.BoundSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class RegistryPropertiesTest {
  @Test
  void hasDefaults() {
    assertThat(BoundSettings.defaults(RegistryProperties.class))
        .isEqualTo(
            new RegistryProperties(
                Path.of("models"),
                Duration.ofSeconds(2),
                new RegistryProperties.Limits(100, 200, DataSize.ofGigabytes(64)),
                CardPolicy.WARN));
  }

  @Test
  void takesEachKey() {
    assertThat(
            BoundSettings.allSet(
                RegistryProperties.class,
                Map.of(
                    "path",
                    "elsewhere/models",
                    "poll",
                    "1m",
                    "limits.max-models",
                    "3",
                    "cards",
                    "require")))
        .isEqualTo(
            new RegistryProperties(
                Path.of("elsewhere/models"),
                Duration.ofMinutes(1),
                new RegistryProperties.Limits(3, 200, DataSize.ofGigabytes(64)),
                CardPolicy.REQUIRE));
  }

  @Test
  void refusesWhatLeavesNoRoom() {
    DataSize bytes = DataSize.ofMegabytes(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RegistryProperties.Limits(0, 1, bytes));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RegistryProperties.Limits(1, 0, bytes));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RegistryProperties.Limits(1, 1, DataSize.ofBytes(0)));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new RegistryProperties(
                Path.of("m"),
                Duration.ZERO,
                new RegistryProperties.Limits(1, 1, bytes),
                CardPolicy.WARN));
  }
}
