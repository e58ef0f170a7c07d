package io.evenkeel.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WealthTest {
  @Test
  void beginsWithAStakeOfOne() {
    assertThat(Wealth.ofEqual(3, 4).log()).isCloseTo(0, within(1e-12));
  }

  @Test
  void averagesItsComponents() {
    Wealth wealth = Wealth.ofEqual(2, 1);
    wealth.multiply(new double[] {Math.log(3), Math.log(0.5)});
    assertThat(Math.exp(wealth.log())).isCloseTo(1.75, within(1e-12));
  }

  @Test
  void keepsHalfOfTheStakeForLaterSteps() {
    Wealth wealth = Wealth.ofEqual(1, 3);
    wealth.multiply(new double[] {Math.log(8)});
    assertThat(Math.exp(wealth.log())).isCloseTo(0.5 * 8 + 0.5, within(1e-12));
    wealth.beginStep();
    wealth.multiply(new double[] {Math.log(4)});
    assertThat(Math.exp(wealth.log())).isCloseTo(0.5 * 32 + 0.25 * 4 + 0.25, within(1e-12));
  }

  @Test
  void whatWasLostDoesNotExcuseALaterStep() {
    Wealth wealth = Wealth.ofEqual(1, 2);
    wealth.multiply(new double[] {-500});
    wealth.beginStep();
    wealth.multiply(new double[] {Math.log(400)});
    assertThat(Math.exp(wealth.log())).isCloseTo(200, within(1e-9));
  }

  @Test
  void holdsMoreThanANumberCould() {
    Wealth wealth = Wealth.ofEqual(2, 1);
    wealth.multiply(new double[] {2000, 1});
    assertThat(wealth.log()).isCloseTo(2000 - Math.log(2), within(1e-9));
    wealth.multiply(new double[] {-5000, -5000});
    assertThat(wealth.log()).isCloseTo(-3000 - Math.log(2), within(1e-9));
  }

  @Test
  void neverDeniesWhatItHasReached() {
    Wealth wealth = Wealth.ofEqual(2, 3);
    double[] factors = {0.7, -0.4};
    for (int i = 0; i < 30; i++) {
      wealth.multiply(factors);
      if (i % 10 == 9) {
        wealth.beginStep();
      }
      double log = wealth.log();
      assertThat(wealth.mayReach(log)).isTrue();
      assertThat(wealth.mayReach(40)).isFalse();
    }
  }
}
