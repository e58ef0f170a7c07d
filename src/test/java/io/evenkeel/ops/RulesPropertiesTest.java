package io.evenkeel.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.evenkeel.BoundSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesPropertiesTest {
  @Test
  void hasDefaults() {
    assertThat(BoundSettings.defaults(RulesWatch.Properties.class))
        .isEqualTo(new RulesWatch.Properties(Duration.ofSeconds(5)));
  }

  @Test
  void takesEachKey() {
    assertThat(BoundSettings.allSet(RulesWatch.Properties.class, Map.of("poll", "200ms")))
        .isEqualTo(new RulesWatch.Properties(Duration.ofMillis(200)));
  }

  @Test
  void refusesNoPauseAtAll() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RulesWatch.Properties(Duration.ZERO))
        .withMessageContaining("evenkeel.rules.poll");
  }
}
