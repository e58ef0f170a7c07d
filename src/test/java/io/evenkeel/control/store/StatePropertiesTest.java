package io.evenkeel.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.BoundSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatePropertiesTest {
  @Test
  void hasDefaults() {
    assertThat(BoundSettings.defaults(StateProperties.class))
        .isEqualTo(new StateProperties("jdbc:h2:file:./state/evenkeel", "evenkeel", "", 100_000));
  }

  @Test
  void takesEachKey() {
    Map<String, String> values =
        Map.of(
            "url", "jdbc:postgresql://db/state",
            "username", "ann",
            "password", "hunter2",
            "keep-journal", "7");

    assertThat(BoundSettings.allSet(StateProperties.class, values))
        .isEqualTo(new StateProperties("jdbc:postgresql://db/state", "ann", "hunter2", 7));
  }

  @Test
  void refusesAJournalOfNothing() {
    assertThatThrownBy(() -> new StateProperties("jdbc:h2:mem:x", "", "", 0))
        .hasMessageContaining("`evenkeel.state.keep-journal` is 1 or more");
  }

  @Test
  void saysNoSecret() {
    assertThat(new StateProperties("jdbc:postgresql://db/state?password=a1b2", "u", "hunter2", 9))
        .hasToString("StateProperties[jdbc:postgresql://db/state, keepJournal=9]");
  }
}
