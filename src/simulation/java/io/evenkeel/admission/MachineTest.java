package io.evenkeel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineTest {
  private static final long MILLI = 1_000_000;

  private final Machine quota = Machine.withQuota(100, 40);

  @Test
  void noticesNothingWhileItStandsStill() {
    assertThat(quota.noticed(39 * MILLI)).isEqualTo(39 * MILLI);
    assertThat(quota.noticed(40 * MILLI)).isEqualTo(100 * MILLI);
    assertThat(quota.noticed(170 * MILLI)).isEqualTo(200 * MILLI);
  }

  @Test
  void worksOnWhereItStood() {
    assertThat(quota.done(10 * MILLI, 30 * MILLI)).isEqualTo(40 * MILLI);
    assertThat(quota.done(10 * MILLI, 31 * MILLI)).isEqualTo(101 * MILLI);
    assertThat(quota.done(110 * MILLI, 80 * MILLI)).isEqualTo(310 * MILLI);
    assertThat(quota.done(50 * MILLI, 5 * MILLI)).isEqualTo(105 * MILLI);
  }

  @Test
  void neverStandsStillWithoutAQuota() {
    assertThat(Machine.OWN.noticed(12_345)).isEqualTo(12_345);
    assertThat(Machine.OWN.done(12_345, 55)).isEqualTo(12_400);
  }
}
