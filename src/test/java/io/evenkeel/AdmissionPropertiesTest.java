package io.evenkeel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdmissionPropertiesTest {
  @Test
  void hasDefaults() {
    assertThat(BoundSettings.defaults(AdmissionProperties.class))
        .isEqualTo(
            new AdmissionProperties(
                Duration.ofMillis(50), Duration.ofSeconds(2), 1024, 1024, 16, true));
  }

  @Test
  void takesEachKey() {
    Map<String, String> values =
        Map.of(
            "single-budget", "80ms",
            "batch-budget", "5s",
            "max-rows", "7",
            "max-singles", "8",
            "max-batches", "9",
            "batching", "false");

    assertThat(BoundSettings.allSet(AdmissionProperties.class, values))
        .isEqualTo(
            new AdmissionProperties(Duration.ofMillis(80), Duration.ofSeconds(5), 7, 8, 9, false));
  }

  @Test
  void refusesABudgetOfNothing() {
    AdmissionProperties nothing =
        new AdmissionProperties(Duration.ZERO, Duration.ofSeconds(2), 1, 1, 1, true);

    assertThatThrownBy(nothing::budget).hasMessageContaining("single");
  }
}
