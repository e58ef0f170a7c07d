package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditSectionTest {
  private static Contract read(String section) {
    String document =
        """
        schemaVersion: 1.0.0
        features:
          - {name: x, type: number}
          - {name: y, type: number}
          - {name: z, type: number}
        outputs: {task: raw}
        """;
    return ContractFile.read((document + section).getBytes(StandardCharsets.UTF_8)).contract();
  }

  @Test
  void keepsWhatTheContractNames() {
    assertThat(read("").auditedFeatures()).isEmpty();
    assertThat(read("audit: {values: all}\n").auditedFeatures()).containsExactly(0, 1, 2);
    assertThat(read("audit: {values: [z, x]}\n").auditedFeatures()).containsExactly(0, 2);
    assertThat(read("audit: {values: [z]}\n").relaxed(RuleFlags.NONE).auditedFeatures())
        .containsExactly(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "audit: {} | doesn't say which values are kept",
        "audit: {values: some} | neither `all` nor a list",
        "audit: {values: [x, w]} | there is no feature `w`",
        "audit: {values: [x, x]} | stands twice",
        "audit: {values: all, more: 1} | more"
      })
  void refusesWhatIsNoSection(String section, String cause) {
    assertThatThrownBy(() -> read(section + "\n")).hasMessageContaining(cause);
  }
}
