package io.evenkeel.serving.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.BoundSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShadowPropertiesTest {
  @Test
  void hasDefaults() {
    assertThat(BoundSettings.defaults(ShadowProperties.class))
        .isEqualTo(new ShadowProperties(256, 0.01));
  }

  @Test
  void takesEachKey() {
    assertThat(
            BoundSettings.allSet(
                ShadowProperties.class, Map.of("max-rows", "7", "tolerance", "0.5")))
        .isEqualTo(new ShadowProperties(7, 0.5));
  }

  @Test
  void refusesWhatCanNotBe() {
    assertThatThrownBy(() -> new ShadowProperties(0, 0)).hasMessageContaining("max-rows");
    assertThatThrownBy(() -> new ShadowProperties(1, 1.1)).hasMessageContaining("tolerance");
    assertThatThrownBy(() -> new ShadowProperties(1, Double.NaN)).hasMessageContaining("tolerance");
  }
}
