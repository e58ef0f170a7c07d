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
    assertThat(
            BoundSettings.allSet(
                Draining.Properties.class, Map.of("drain-delay", "7s", "drain-timeout", "9s")))
        .isEqualTo(new Draining.Properties(Duration.ofSeconds(7), Duration.ofSeconds(9)));
  }
}
