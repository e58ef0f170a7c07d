package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.evenkeel.BoundSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdminPropertiesTest {
  private static final String TOKEN = "0123456789abcdef";

  @Test
  void hasNoTokenByDefault() {
    assertThat(BoundSettings.defaults(AdminProperties.class)).isEqualTo(new AdminProperties(""));
  }

  @Test
  void takesEachKey() {
    AdminProperties set = BoundSettings.allSet(AdminProperties.class, Map.of("token", TOKEN));
    assertThat(set.isToken(TOKEN)).isTrue();
    assertThat(set.isToken("0123456789abcdeF")).isFalse();
    assertThat(set).asString().doesNotContain(TOKEN);
  }

  @Test
  void refusesATokenThatIsGuessedSoon() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AdminProperties("secret"))
        .withMessageContaining("at least 16");
  }
}
