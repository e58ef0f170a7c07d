package io.evenkeel.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.BoundSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrainingPropertiesTest {
  @Test
  void hasDefaults() {
    assertThat(BoundSettings.defaults(Draining.Properties.class))
        .isEqualTo(new Draining.Properties(Duration.ofSeconds(1), Duration.ofSeconds(15)));
  }

  @Test
  void takesEachKey() {
    Map<String, String> values = Map.of("drain-delay", "7s", "drain-timeout", "8s");

    assertThat(BoundSettings.allSet(Draining.Properties.class, values))
        .isEqualTo(new Draining.Properties(Duration.ofSeconds(7), Duration.ofSeconds(8)));
  }
}
