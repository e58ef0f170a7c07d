package io.evenkeel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeyringPropertiesTest {
  @Test
  void hasNoKeysByDefault() {
    KeyringProperties defaults = BoundSettings.defaults(KeyringProperties.class);

    assertThat(defaults).isEqualTo(new KeyringProperties("", "", Duration.ofSeconds(5)));
    assertThat(defaults.source()).isNull();
  }

  @Test
  void takesKeysAsTextAndNeverShowsThem() {
    KeyringProperties set =
        new KeyringProperties("", "k1:" + "ab".repeat(32), Duration.ofSeconds(1));

    assertThat(requireNonNull(set.source()).keys()).hasSize(1);
    assertThat(set.toString()).doesNotContain("abab");
  }

  @Test
  void refusesAFileBesideATextAndAPauseOfNothing() {
    assertThatThrownBy(() -> new KeyringProperties("a", "b", Duration.ofSeconds(1)))
        .hasMessageContaining("both set");
    assertThatThrownBy(() -> new KeyringProperties("a", "", Duration.ZERO))
        .hasMessageContaining("poll");
  }
}
