package io.evenkeel.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.evenkeel.BoundSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportancePropertiesTest {
  @Test
  void hasDefaults() {
    assertThat(BoundSettings.defaults(ImportanceProperties.class))
        .isEqualTo(new ImportanceProperties(20, 500));
  }

  @Test
  void takesEachKey() {
    assertThat(
            BoundSettings.allSet(
                ImportanceProperties.class, Map.of("rows-per-minute", "0", "window", "50")))
        .isEqualTo(new ImportanceProperties(0, 50));
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImportanceProperties(-1, 500))
        .withMessageContaining("evenkeel.importance.rows-per-minute");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImportanceProperties(20, 49))
        .withMessageContaining("evenkeel.importance.window");
  }
}
