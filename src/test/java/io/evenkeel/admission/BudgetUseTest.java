package io.evenkeel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BudgetUseTest {
  private final BudgetUse use = new BudgetUse();

  @Test
  void leavesHalfTheRoomWhileLatenciesAreComfortable() {
    observe(0.1, 1000);
    assertThat(use.sheddableShare()).isEqualTo(0.5);
  }

  @Test
  void leavesNoneOnceTheSlowestReachTheBudget() {
    observe(1.1, 200);
    assertThat(use.sheddableShare()).isZero();
  }

  @Test
  void opensAgain() {
    observe(1.1, 200);
    observe(0.1, 6000);
    assertThat(use.sheddableShare()).isEqualTo(0.5);
  }

  private void observe(double value, int times) {
    for (int i = 0; i < times; i++) {
      use.observe(value);
    }
  }
}
