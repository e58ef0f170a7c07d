package io.evenkeel.monitoring.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentTest {
  @Test
  void readsAShare() {
    assertThat(Percent.valueOf("99.9%")).isEqualTo(new Percent("99.9%", 0.999));
    assertThat(Percent.valueOf(" 95 % ").share()).isEqualTo(0.95);
  }

  @ParameterizedTest
  @CsvSource({
    "99.9, no percent sign",
    "much%, isn't a percentage",
    "100%, leaves no budget",
    "0%, isn't between",
    "-1%, isn't between"
  })
  void saysWhatIsWrong(String text, String said) {
    assertThatThrownBy(() -> Percent.valueOf(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }
}
