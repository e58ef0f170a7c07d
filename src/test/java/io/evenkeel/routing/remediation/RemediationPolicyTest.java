package io.evenkeel.routing.remediation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.BoundSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemediationPolicyTest {
  private static final Map<String, String> ALL =
      Map.of(
          "enabled", "true",
          "effect-floor", "0.3",
          "least-rows", "300",
          "enough-rows", "3000",
          "notice", "1m",
          "least-diverted", "2m",
          "calm", "3m",
          "cool-down", "4m",
          "daily-cap", "5",
          "longest-gap", "6m");

  @Test
  void hasDefaults() {
    assertThat(BoundSettings.defaults(RemediationPolicy.class))
        .isEqualTo(
            new RemediationPolicy(
                false,
                0.2,
                200,
                5000,
                Duration.ofMinutes(10),
                Duration.ofHours(1),
                Duration.ofMinutes(30),
                Duration.ofHours(6),
                2,
                Duration.ofMinutes(5)));
  }

  @Test
  void takesEachKey() {
    assertThat(BoundSettings.allSet(RemediationPolicy.class, ALL))
        .isEqualTo(
            new RemediationPolicy(
                true,
                0.3,
                300,
                3000,
                Duration.ofMinutes(1),
                Duration.ofMinutes(2),
                Duration.ofMinutes(3),
                Duration.ofMinutes(4),
                5,
                Duration.ofMinutes(6)));
  }

  @ParameterizedTest
  @CsvSource({
    "effect-floor, 0",
    "effect-floor, NaN",
    "least-rows, 0",
    "enough-rows, 299",
    "notice, -1s",
    "least-diverted, -1s",
    "calm, 0s",
    "cool-down, -1s",
    "daily-cap, 0",
    "longest-gap, 0s"
  })
  void refusesWhatMakesNoSense(String key, String value) {
    Map<String, String> values = new HashMap<>(ALL);
    values.put(key, value);
    assertThatThrownBy(() -> BoundSettings.allSet(RemediationPolicy.class, values))
        .rootCause()
        .hasMessageContaining("evenkeel.remediation." + key);
  }
}
