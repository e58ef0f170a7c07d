package io.evenkeel.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void passesOverWhatIsNoNumberWhenItLooksForTheLargest() {
    assertThat(Numbers.wrap(new float[] {Float.NaN, 0.2f, 0.7f, 0.7f}).indexOfLargest())
        .isEqualTo(2);
    assertThat(
            Numbers.wrap(new double[] {0.1, Double.POSITIVE_INFINITY}, Precision.DOUBLE)
                .indexOfLargest())
        .isZero();
    assertThat(Numbers.wrap(new float[] {Float.NaN}).indexOfLargest()).isEqualTo(-1);
  }

  @Test
  void roundsToThePrecisionItClaims() {
    Numbers single = Numbers.wrap(new double[] {0.1}, Precision.SINGLE);
    assertThat(single.get(0)).isEqualTo(0.1f);
    assertThat(single).isEqualTo(Numbers.wrap(new float[] {0.1f}));
    assertThat(single).isNotEqualTo(Numbers.wrap(new double[] {0.1f}, Precision.DOUBLE));
  }
}
