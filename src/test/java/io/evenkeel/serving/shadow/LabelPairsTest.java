package io.evenkeel.serving.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.serving.shadow.ShadowReport.LabelPair;
import org.junit.jupiter.api.Test;

class LabelPairsTest {
  private final LabelPairs pairs = new LabelPairs();

  @Test
  void listsTheMostFrequentFirst() {
    pairs.add("a", "b");
    pairs.add("a", "a");
    pairs.add("a", null);
    pairs.add("a", "a");
    assertThat(pairs.list())
        .containsExactly(
            new LabelPair("a", "a", 2), new LabelPair("a", "b", 1), new LabelPair("a", null, 1));
    assertThat(pairs.unlisted()).isZero();
  }

  @Test
  void isBounded() {
    for (int round = 0; round < 2; round++) {
      for (int label = 0; label < LabelPairs.MOST_PAIRS + 5; label++) {
        pairs.add("label-" + label, "x");
      }
    }
    assertThat(pairs.list()).hasSize(LabelPairs.MOST_PAIRS).allMatch(pair -> pair.rows() == 2);
    assertThat(pairs.unlisted()).isEqualTo(10);
  }
}
