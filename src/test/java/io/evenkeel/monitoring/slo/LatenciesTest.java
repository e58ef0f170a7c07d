package io.evenkeel.monitoring.slo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {
  /** Ten up to 100, sixty more up to 200, twenty up to 400, and ten beyond. */
  private static final Latencies HUNDRED =
      new Latencies(new long[] {100, 200, 400}, new long[] {10, 70, 90, 100});

  @Test
  void interpolatesWithinABucketAsPrometheusDoes() {
    assertThat(HUNDRED.quantileNanos(0.05)).isEqualTo(50.0);
    assertThat(HUNDRED.quantileNanos(0.1)).isEqualTo(100.0);
    assertThat(HUNDRED.quantileNanos(0.4)).isEqualTo(150.0);
    assertThat(HUNDRED.quantileNanos(0.9)).isEqualTo(400.0);
  }

  @Test
  void saysTheLastBoundOfWhatIsBeyondIt() {
    assertThat(HUNDRED.quantileNanos(0.99)).isEqualTo(400.0);
  }

  @Test
  void hasNoQuantileOfNothing() {
    assertThat(HUNDRED.with(new long[4]).quantileNanos(0.5)).isNull();
  }

  @Test
  void countsWhatWasFastEnough() {
    assertThat(HUNDRED.within(200)).isEqualTo(70);
    assertThat(HUNDRED.within(399)).as("the bound below decides").isEqualTo(70);
    assertThat(HUNDRED.within(50)).isZero();
    assertThat(HUNDRED.total()).isEqualTo(100);
  }
}
