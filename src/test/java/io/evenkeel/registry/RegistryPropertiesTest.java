package io.evenkeel.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.BoundSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistryPropertiesTest {
  @Test
  void hasDefaults() {
    assertThat(BoundSettings.defaults(RegistryProperties.class))
        .isEqualTo(new RegistryProperties(Path.of("models")));
  }

  @Test
  void takesEachKey() {
    assertThat(BoundSettings.allSet(RegistryProperties.class, Map.of("path", "elsewhere/models")))
        .isEqualTo(new RegistryProperties(Path.of("elsewhere/models")));
  }
}
