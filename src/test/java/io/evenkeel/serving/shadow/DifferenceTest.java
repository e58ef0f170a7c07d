package io.evenkeel.serving.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.contract.Degradation;
import io.evenkeel.inference.Precision;
import io.evenkeel.inference.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {
  private static final double TOLERANCE = 0.01;

  private static Difference between(Prediction stable, Prediction candidate) {
    return Difference.between(stable, candidate, TOLERANCE);
  }

  static Prediction classes(String labels, double... probabilities) {
    int winner = 0;
    for (int i = 1; i < probabilities.length; i++) {
      winner = probabilities[i] > probabilities[winner] ? i : winner;
    }
    return Prediction.stated(
        new Degradation.DefaultClass(
            List.of(labels.split(" ", -1)), Arrays.stream(probabilities).boxed().toList(), winner));
  }

  static Prediction value(double value) {
    return new Prediction.Regression(value, Precision.DOUBLE);
  }

  private static Prediction raw(Object... outputs) {
    return new Prediction.Raw(Map.of("out", List.of(outputs)));
  }

  @Test
  void ofProbabilitiesItIsHalfTheSumOfTheirDifferences() {
    Difference found = between(classes("a b c", 0.5, 0.3, 0.2), classes("a b c", 0.4, 0.35, 0.25));
    assertThat(found.agrees()).isTrue();
    assertThat(found.distance()).isCloseTo(0.1, within(1e-12));
    assertThat(found.absolute()).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void anotherLabelIsNoAgreementHoweverNearTheProbabilitiesAre() {
    Difference found = between(classes("a b", 0.501, 0.499), classes("a b", 0.499, 0.501));
    assertThat(found.agrees()).isFalse();
    assertThat(found.distance()).isCloseTo(0.002, within(1e-12));
  }

  @Test
  void labelsAreFoundByNameAndOnesThatAreNotKnownHaveNoProbability() {
    Difference turned = between(classes("a b", 0.9, 0.1), classes("b a", 0.1, 0.9));
    assertThat(turned).isEqualTo(new Difference(true, 0, 0));
    Difference foreign = between(classes("a b", 0.9, 0.1), classes("a c", 0.7, 0.3));
    assertThat(foreign.agrees()).isTrue();
    assertThat(foreign.distance()).isCloseTo(0.3, within(1e-12));
    assertThat(between(classes("a", 1), classes("b", 1))).isEqualTo(new Difference(false, 1, 1));
  }

  @Test
  void aProbabilityThatIsNoNumberIsNotCompared() {
    Difference found = between(classes("a b", 0.9, Double.NaN), classes("a b", 0.9, 0.1));
    assertThat(found).isEqualTo(new Difference(true, Double.NaN, Double.NaN));
    Difference both = between(classes("a b", 0.9, Double.NaN), classes("a b", 0.8, Double.NaN));
    assertThat(both.distance()).isCloseTo(0.05, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100, true, 0, 0",
    "100, 101, true, 0.009900990099009901, 1",
    "100, 98.5, false, 0.015, 1.5",
    "0, 0, true, 0, 0",
    "0, 0.001, false, 1, 0.001",
    "1, -1, false, 2, 2",
    "NaN, NaN, true, 0, 0",
    "Infinity, Infinity, true, 0, 0",
    "1, NaN, false, NaN, NaN",
    "Infinity, 1, false, NaN, NaN"
  })
  void ofValuesItIsRelativeToTheLargerOne(
      double stable, double candidate, boolean agrees, double distance, double absolute) {
    assertThat(between(value(stable), value(candidate)))
        .isEqualTo(new Difference(agrees, distance, absolute));
    assertThat(between(value(candidate), value(stable)))
        .isEqualTo(new Difference(agrees, distance, absolute));
  }

  @Test
  void ofOutputsItIsTheLargestDifferenceByTheLargestNumber() {
    Difference found = between(raw(1.0, List.of(10.0, 2L)), raw(1.05, List.of(10.0, 2L)));
    assertThat(found.agrees()).isTrue();
    assertThat(found.absolute()).isCloseTo(0.05, within(1e-12));
    assertThat(found.distance()).isCloseTo(0.005, within(1e-12));
    assertThat(between(raw(1.0, 10.0), raw(1.0, 8.0))).isEqualTo(new Difference(false, 0.2, 2));
  }

  @Test
  void textsAndFlagsOfOutputsHaveToBeTheSame() {
    assertThat(between(raw("x", true, 1.0), raw("x", true, 1.0)).agrees()).isTrue();
    assertThat(between(raw("x", true, 1.0), raw("y", true, 1.0)))
        .isEqualTo(new Difference(false, 0, 0));
    assertThat(between(raw("x", true), raw("x", false)).agrees()).isFalse();
  }

  @Test
  void answersOfOtherShapesAreNotCompared() {
    Difference none = new Difference(false, Double.NaN, Double.NaN);
    assertThat(between(raw(1.0, 2.0), raw(1.0))).isEqualTo(none);
    assertThat(between(raw(Map.of("a", 1.0)), raw(Map.of("b", 1.0)))).isEqualTo(none);
    assertThat(between(value(1), classes("a", 1))).isEqualTo(none);
  }
}
