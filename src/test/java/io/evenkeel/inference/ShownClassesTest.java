package io.evenkeel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.contract.Disclosure.Probabilities;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShownClassesTest {
  private static final int ALL = Probabilities.ALL;

  private static Prediction.Classification of(int winner, double... probabilities) {
    List<String> labels =
        IntStream.range(0, probabilities.length).mapToObj(i -> "class" + i).toList();
    return new Prediction.Classification(
        labels, Numbers.wrap(probabilities.clone(), Precision.SINGLE), winner);
  }

  private static double[] rounded(int digits, int winner, double... probabilities) {
    return ShownClasses.of(of(winner, probabilities), new Probabilities(false, ALL, digits))
        .probabilities()
        .toArray();
  }

  @Test
  void showsWhatIsDisclosedInFullAsItIs() {
    Prediction.Classification found = of(0, 0.7, 0.3);
    assertThat(ShownClasses.of(found, Probabilities.FULL)).isSameAs(found);
  }

  @Test
  void keepsTheSumByTheLargestRemainders() {
    assertThat(rounded(2, 0, 0.93, 0.06999999)).containsExactly(0.93, 0.07);
    assertThat(rounded(1, 0, 0.46, 0.27, 0.27)).containsExactly(0.4, 0.3, 0.3);
    assertThat(rounded(1, 2, 0.149, 0.149, 0.702)).containsExactly(0.2, 0.1, 0.7);
  }

  /** Half of what follows is known only to the model: the label stays, and the tie is shown. */
  @Test
  void showsATieAsATieAndLeavesTheLabel() {
    Prediction.Classification shown =
        ShownClasses.of(of(1, 0.496, 0.504), new Probabilities(false, ALL, 1));
    assertThat(shown.probabilities().toArray()).containsExactly(0.5, 0.5);
    assertThat(shown.label()).isEqualTo("class1");
    assertThat(shown.confidence()).isEqualTo(0.5);
  }

  @Test
  void givesTheMissingUnitOfEqualOnesToTheLabel() {
    assertThat(rounded(1, 2, 1 / 3.0, 1 / 3.0, 1 / 3.0)).containsExactly(0.3, 0.3, 0.4);
  }

  @Test
  void roundsWhatDoesNotAddUpToOneEachByItself() {
    assertThat(rounded(1, 0, 0.86, 0.86, 0.25)).containsExactly(0.9, 0.9, 0.3);
  }

  @Test
  void leavesWhatIsNoNumber() {
    double[] shown = rounded(1, 0, 0.86, Double.NaN);
    assertThat(shown[0]).isEqualTo(0.9);
    assertThat(shown[1]).isNaN();
  }

  /** Of random distributions: the sum stays, nothing is off by a unit, and nothing overtakes. */
  @Test
  void neverContradictsTheLabel() {
    SplittableRandom random = new SplittableRandom(20_260_401);
    for (int round = 0; round < 20_000; round++) {
      double[] drawn = random.doubles(random.nextInt(2, 12)).map(u -> -Math.log(u)).toArray();
      double sum = Arrays.stream(drawn).sum();
      double[] exact = Arrays.stream(drawn).map(one -> (float) (one / sum)).toArray();
      Prediction.Classification found = of(0, exact);
      int winner = found.probabilities().indexOfLargest();
      int digits = random.nextInt(1, 5);
      double unit = Math.pow(10, -digits);

      double[] shown = rounded(digits, winner, exact);

      assertThat(Arrays.stream(shown).sum()).isCloseTo(1, within(1e-9));
      for (int i = 0; i < shown.length; i++) {
        assertThat(Math.abs(shown[i] - exact[i])).isLessThan(unit + 1e-9);
        assertThat(shown[winner]).isGreaterThanOrEqualTo(shown[i]);
        for (int k = 0; k < shown.length; k++) {
          assertThat(exact[i] > exact[k] && shown[i] < shown[k]).isFalse();
        }
      }
    }
  }

  @Test
  void showsTheMostProbableInTheirOrder() {
    Prediction.Classification shown =
        ShownClasses.of(of(2, 0.2, 0.05, 0.45, 0.3), new Probabilities(false, 2, ALL));
    assertThat(shown.labels()).containsExactly("class2", "class3");
    assertThat(shown.label()).isEqualTo("class2");
    assertThat(shown.confidence()).isEqualTo((float) 0.45);
  }

  /** A graph may name another class than the most probable one. */
  @Test
  void showsTheLabelWhateverItsProbability() {
    Prediction.Classification shown =
        ShownClasses.of(of(0, 0.1, 0.5, 0.4), new Probabilities(false, 2, ALL));
    assertThat(shown.labels()).containsExactly("class0", "class1");
    assertThat(shown.winner()).isZero();
  }

  @Test
  void refusesToShowProbabilitiesOfALabelAlone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ShownClasses.of(of(0, 1, 0), new Probabilities(true, ALL, ALL)));
  }
}
