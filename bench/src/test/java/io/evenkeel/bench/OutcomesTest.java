package io.evenkeel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomesTest {
  private final Outcomes outcomes = new Outcomes(20_000_000);

  @Test
  void countsAsGoodOnlyAnAnswerWithinTheDeadline() {
    outcomes.answered(200, 1_000, 20_001_000);
    outcomes.answered(200, 1_000, 20_001_001);
    outcomes.answered(503, 1_000, 2_000);
    outcomes.broke(1_000);

    assertThat(outcomes.good()).isEqualTo(1);
    assertThat(outcomes.answered()).isEqualTo(3);
    assertThat(outcomes.broken()).isEqualTo(1);
  }

  @Test
  void keepsTheStatusesApart() {
    for (int i = 0; i < 100; i++) {
      outcomes.answered(200, 0, 10_000_000);
      outcomes.answered(503, 0, i == 0 ? 900_000_000 : 1_000_000);
    }

    assertThat(outcomes.json())
        .contains("\"200\": {\"count\": 100, \"latencyMillis\": {\"p50\": 10.")
        .contains("\"503\": {\"count\": 100, \"latencyMillis\": {\"p50\": 1.0")
        .contains("\"p99\": 1.0");
  }
}
