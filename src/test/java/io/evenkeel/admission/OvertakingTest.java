package io.evenkeel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class OvertakingTest {
  private static final long MILLI = 1_000_000;

  private final Overtaking overtaking = new Overtaking();

  @Test
  void followsTheRateOfThoseWhoHaveTheirTurnBefore() {
    for (long now = 0; now < 2000 * MILLI; now += MILLI) {
      overtaking.add(claim(Endpoint.SINGLE, Priority.CRITICAL), 3, now);
    }
    assertThat(overtaking.rate(claim(Endpoint.SINGLE, Priority.NORMAL), 2000 * MILLI))
        .isCloseTo(3.0 / MILLI, Percentage.withPercentage(5));
    assertThat(overtaking.rate(claim(Endpoint.SINGLE, Priority.CRITICAL), 2000 * MILLI)).isZero();
  }

  @Test
  void singlesOvertakeBatchesOfTheirPriority() {
    overtaking.add(claim(Endpoint.SINGLE, Priority.NORMAL), 1, 0);
    assertThat(overtaking.rate(claim(Endpoint.BATCH, Priority.NORMAL), 0)).isPositive();
    assertThat(overtaking.rate(claim(Endpoint.SINGLE, Priority.NORMAL), 0)).isZero();
    assertThat(overtaking.rate(claim(Endpoint.BATCH, Priority.CRITICAL), 0)).isZero();
  }

  @Test
  void forgetsThoseWhoDoNotComeAnyMore() {
    Claim normal = claim(Endpoint.SINGLE, Priority.NORMAL);
    overtaking.add(claim(Endpoint.SINGLE, Priority.CRITICAL), 100, 0);
    double atFirst = overtaking.rate(normal, 0);
    assertThat(overtaking.rate(normal, 10_000 * MILLI)).isLessThan(atFirst / 30);
  }

  private static Claim claim(Endpoint endpoint, Priority priority) {
    return new Claim(endpoint, priority, 1, new Deadline(0));
  }
}
