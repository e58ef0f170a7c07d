package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.BoundSettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class ApiPropertiesTest {
  private static final Map<String, String> ALL =
      Map.of(
          "max-single-body", "2KB",
          "max-batch-body", "3MB",
          "max-instances", "4",
          "max-depth", "5",
          "max-string-length", "6",
          "max-name-length", "7",
          "max-number-length", "8");

  @Test
  void hasDefaults() {
    assertThat(BoundSettings.defaults(ApiProperties.class))
        .isEqualTo(
            new ApiProperties(
                DataSize.ofMegabytes(1), DataSize.ofMegabytes(32), 10_000, 32, 65_536, 1024, 1000));
  }

  @Test
  void takesEachKey() {
    assertThat(BoundSettings.allSet(ApiProperties.class, ALL))
        .isEqualTo(
            new ApiProperties(DataSize.ofKilobytes(2), DataSize.ofMegabytes(3), 4, 5, 6, 7, 8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max-single-body",
        "max-batch-body",
        "max-instances",
        "max-depth",
        "max-string-length",
        "max-name-length",
        "max-number-length"
      })
  void refusesALimitOfZero(String key) {
    Map<String, String> values = new HashMap<>(ALL);
    values.put(key, "0");

    assertThatThrownBy(() -> BoundSettings.allSet(ApiProperties.class, values))
        .rootCause()
        .hasMessageContaining("evenkeel.api." + key);
  }
}
