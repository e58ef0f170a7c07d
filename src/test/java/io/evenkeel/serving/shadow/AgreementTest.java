package io.evenkeel.serving.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AgreementTest {
  /** By hand: z² = 3.8415; for 8 of 10 the middle is 0.7166 and the half 0.2265. */
  @Test
  void isWilsonsInterval() {
    Agreement found = Agreement.of(8, 10);
    assertThat(found.share()).isEqualTo(0.8);
    assertThat(found.least()).isCloseTo(0.4901, within(1e-4));
    assertThat(found.most()).isCloseTo(0.9433, within(1e-4));
  }

  @Test
  void allOfAFewRowsAreNoProof() {
    Agreement found = Agreement.of(10, 10);
    assertThat(found.share()).isEqualTo(1);
    // z² / (n + z²) is what is left.
    assertThat(found.least()).isCloseTo(10 / 13.8415, within(1e-4));
    assertThat(found.most()).isCloseTo(1, within(1e-12)).isLessThanOrEqualTo(1);
  }
}
