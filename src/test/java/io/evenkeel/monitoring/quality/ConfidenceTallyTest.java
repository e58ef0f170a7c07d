package io.evenkeel.monitoring.quality;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfidenceTallyTest {
  private static final Instant NOW = Instant.parse("2026-03-11T09:30:00Z");

  private final ConfidenceTally tally = new ConfidenceTally(0.6);

  private static Predicted.Classes predicted(double... probabilities) {
    int winner = 0;
    for (int i = 1; i < probabilities.length; i++) {
      winner = probabilities[i] > probabilities[winner] ? i : winner;
    }
    return new Predicted.Classes(
        List.of("a", "b", "c", "d").subList(0, probabilities.length), probabilities, winner);
  }

  @Test
  void knowsMarginAndEntropy() {
    Predicted.Classes found = predicted(0.5, 0.25, 0.125, 0.125);

    assertThat(found.margin()).isEqualTo(0.25);
    // 1.75 of the two bits that four classes have at most.
    assertThat(found.entropy()).isCloseTo(0.875, within(1e-12));
    assertThat(predicted(1, 0).entropy()).isZero();
    assertThat(predicted(0.25, 0.25, 0.25, 0.25).entropy()).isCloseTo(1, within(1e-12));
  }

  @Test
  void saysHowConfidencesAreDistributed() {
    for (int i = 0; i < 1_000; i++) {
      double top = 0.5 + i / 2_000.0;
      tally.add(predicted(top, 1 - top), NOW);
    }

    ConfidenceTally.Report report = requireNonNull(tally.report(NOW));

    assertThat(report.rows()).isEqualTo(1_000);
    assertThat(report.lowShare()).isEqualTo(0.2);
    assertThat(report.top().mean()).isCloseTo(0.74975, within(1e-9));
    assertThat(report.top().p05()).isCloseTo(0.525, within(0.01));
    assertThat(report.top().p50()).isCloseTo(0.75, within(0.01));
    assertThat(report.top().p95()).isCloseTo(0.975, within(0.01));
    assertThat(report.margin().p50()).isCloseTo(0.5, within(0.02));
  }

  @Test
  void forgetsAfterADay() {
    tally.add(predicted(0.9, 0.1), NOW);
    tally.add(predicted(0.7, 0.3), NOW.plus(Duration.ofHours(5)));

    assertThat(requireNonNull(tally.report(NOW.plus(Duration.ofHours(23)))).rows()).isEqualTo(2);
    assertThat(requireNonNull(tally.report(NOW.plus(Duration.ofHours(24)))).rows()).isEqualTo(1);
    assertThat(tally.report(NOW.plus(Duration.ofDays(3)))).isNull();

    tally.add(predicted(0.7, 0.3), NOW.plus(Duration.ofHours(24)));
    assertThat(requireNonNull(tally.report(NOW.plus(Duration.ofHours(24)))).rows()).isEqualTo(2);
  }

  @Test
  void hasNothingToSayOfNothing() {
    assertThat(tally.report(NOW)).isNull();
  }
}
