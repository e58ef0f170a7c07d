package io.evenkeel.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriftTest {
  @Test
  void readsEachForm() {
    assertThat(Drift.parse("income=+0.5sd"))
        .isEqualTo(new Drift.Shift("income", 0.5, Drift.Unit.STANDARD_DEVIATIONS));
    assertThat(Drift.parse("income=-2000"))
        .isEqualTo(new Drift.Shift("income", -2000, Drift.Unit.OWN));
    assertThat(Drift.parse("income=*1.1")).isEqualTo(new Drift.Scale("income", 1.1));
    assertThat(Drift.parse("purpose:car=-0.2")).isEqualTo(new Drift.Share("purpose", "car", -0.2));
    assertThat(Drift.parse("income:missing=+0.1")).isEqualTo(new Drift.Missing("income", 0.1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "income",
        "income=",
        "income=0.5",
        "income=+sd",
        "income=*2sd",
        "a:b=*2",
        "a:b=+2"
      })
  void refusesWhatIsNoDrift(String text) {
    assertThatThrownBy(() -> Drift.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("`" + text + "`");
  }
}
