package io.evenkeel.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.BoundSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutingPropertiesTest {
  @Test
  void hasDefaults() {
    assertThat(BoundSettings.defaults(RoutingProperties.class))
        .isEqualTo(new RoutingProperties("breast-cancer"));
  }

  @Test
  void takesEachKey() {
    assertThat(BoundSettings.allSet(RoutingProperties.class, Map.of("default-model", "digits")))
        .isEqualTo(new RoutingProperties("digits"));
  }
}
