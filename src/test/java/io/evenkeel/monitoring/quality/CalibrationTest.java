package io.evenkeel.monitoring.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final List<String> LABELS = List.of("no", "yes");

  private static Predicted.Classes predicted(double yes) {
    return new Predicted.Classes(LABELS, new double[] {1 - yes, yes}, yes > 0.5 ? 1 : 0);
  }

  /** With {@code yes} as likely as {@code truth} of its probability says. */
  private static List<Labelled> cases(int size, long seed, DoubleUnaryOperator truth) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Labelled> cases = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double yes = random.nextDouble();
      boolean came = random.nextDouble() < truth.applyAsDouble(yes);
      cases.add(new Labelled(predicted(yes), came ? "yes" : "no"));
    }
    return cases;
  }

  @Test
  void learnsHowOftenEachLabelIsRight() {
    // Whoever says 0.9 of `yes` is right in 81 of 100, of `no` in 99 of 100.
    Calibration calibration = Calibration.of(cases(20_000, 1, yes -> yes * yes));

    assertThat(calibration.rows()).isEqualTo(20_000);
    assertThat(calibration.of(predicted(0.9))).isCloseTo(0.81, within(0.05));
    assertThat(calibration.of(predicted(0.1))).isCloseTo(0.99, within(0.03));
  }

  @Test
  void takesConfidencesForWhatTheySayWhereThereAreTooFewOutcomes() {
    Calibration calibration = Calibration.of(cases(199, 2, yes -> yes));

    assertThat(calibration).isSameAs(Calibration.NONE);
    assertThat(calibration.of(predicted(0.2))).isEqualTo(0.8);
  }

  @Test
  void calibratedConfidencesErrByNoMoreThanChance() {
    int beyond = 0;
    for (int seed = 0; seed < 100; seed++) {
      Reliability reliability = Reliability.of(cases(500, seed, yes -> yes));
      if (reliability.error() > reliability.errorByChance()) {
        beyond++;
      }
    }

    assertThat(beyond).as("of 100, where 5 are meant").isBetween(1, 12);
  }

  @Test
  void confidencesThatClaimTooMuchErrByMore() {
    Reliability reliability =
        Reliability.of(cases(2_000, 3, yes -> yes > 0.5 ? yes - 0.2 : yes + 0.2));

    assertThat(reliability.error()).isCloseTo(0.2, within(0.04));
    assertThat(reliability.errorByChance()).isLessThan(0.1);
  }

  @Test
  void pooledValuesAreMeansOfWhatWouldFall() {
    IsotonicRegression fitted =
        IsotonicRegression.fit(new double[] {1, 2, 3, 4}, new double[] {0, 6, 2, 10});

    assertThat(fitted.at(0)).isEqualTo(0);
    assertThat(fitted.at(1.5)).isEqualTo(2);
    assertThat(fitted.at(2)).isEqualTo(4);
    assertThat(fitted.at(3)).isEqualTo(4);
    assertThat(fitted.at(3.5)).isEqualTo(7);
    assertThat(fitted.at(9)).isEqualTo(10);
  }
}
