package io.evenkeel.routing.remediation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemediationStateTest {
  private static String diverted() {
    Scene scene = new Scene(Scene.POLICY);
    scene.play("15 act");
    return scene.state.toJson();
  }

  @Test
  void isWrittenAndReadAsItIs() {
    assertThat(diverted())
        .isEqualTo(
            "{\"model\":\"m\",\"version\":\"2\",\"phase\":\"DIVERTED\","
                + "\"watch\":{\"seen\":\"2026-11-26T23:44:00Z\",\"millis\":840000},"
                + "\"alarm\":{\"told\":\"ACT\",\"convincedSince\":0,\"calmSince\":null,\"rowsAtCalm\":0},"
                + "\"diversions\":{\"to\":\"1\",\"ended\":null,\"begun\":[600000]}}");
    assertThat(RemediationState.fromJson(diverted()).toJson()).isEqualTo(diverted());
    RemediationState fresh = RemediationState.of("m");
    assertThat(RemediationState.fromJson(fresh.toJson())).isEqualTo(fresh);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "[]", "null", "{\"model\":\"m\"}"})
  void refusesWhatIsNoSnapshot(String json) {
    assertThatIllegalArgumentException().isThrownBy(() -> RemediationState.fromJson(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DIVERTED | NORMAL",
        "DIVERTED | ELSEWHERE",
        "[600000] | []",
        "840000 | -1",
        "840000 | null",
        "\"ended\":null, | ''"
      })
  void refusesASnapshotThatContradictsItself(String found, String replacement) {
    String broken = diverted().replace(found, replacement);
    assertThat(broken).isNotEqualTo(diverted());
    assertThatIllegalArgumentException().isThrownBy(() -> RemediationState.fromJson(broken));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.NEGATIVE_INFINITY})
  void signalsAreNoNonsense(double nonsense) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Signal("m", "1", "d", Signal.Stage.ACT, nonsense, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Signal("m", "1", "d", Signal.Stage.ACT, 1, nonsense, 1));
  }
}
