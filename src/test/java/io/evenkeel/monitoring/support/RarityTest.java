package io.evenkeel.monitoring.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RarityTest {
  @Test
  void isUnderAThousandth() {
    Rarity rarity = new Rarity(List.of(0.0, 0.0005, 0.0009, 0.001, 0.5));

    assertThat(rarity.isRare(0.0005)).isTrue();
    assertThat(rarity.isRare(0.0009)).isTrue();
    assertThat(rarity.isRare(0.001)).isFalse();
    assertThat(rarity.isRare(0)).as("what never was is unseen, not rare").isFalse();
  }

  @Test
  void isNoMoreThanABudgetTogether() {
    // 0.0005 + 0.0006 + 0.0007 + 0.0008 + 0.0009 = 0.0035, and the second 0.0009 is too much.
    Rarity rarity = new Rarity(List.of(0.0009, 0.0008, 0.0005, 0.0006, 0.0007, 0.0009));

    assertThat(rarity.isRare(0.0008)).isTrue();
    assertThat(rarity.isRare(0.0009)).as("equals are treated alike").isFalse();
  }

  @Test
  void isNothingWhereAllIs() {
    Rarity rarity = new Rarity(Collections.nCopies(100, 0.0009));

    assertThat(rarity.isRare(0.0009)).isFalse();
  }
}
