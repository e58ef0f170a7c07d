package io.evenkeel.monitoring.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictEstimateTest {
  private static final List<String> LABELS = List.of("no", "yes");
  private static final int DRAWS = 2000;

  /** Four times as many as should be. */
  private static final int MOST_WRONG = 4;

  private static Labelled labelled(double probability, boolean comes) {
    return new Labelled(
        new Predicted.Classes(
            LABELS, new double[] {1 - probability, probability}, probability > 0.5 ? 1 : 0),
        comes ? "yes" : "no");
  }

  /** The ends are where the count that was found has a tail of a two-thousandth. */
  @ParameterizedTest
  @CsvSource({"85, 100", "4300, 5000", "1, 50", "49, 50"})
  void theEndsOfAShareAreExact(int found, int rows) {
    Estimate share = StrictEstimate.share(found, rows);
    assertThat(share.value()).isEqualTo((double) found / rows);
    assertThat(BinomialDistribution.of(rows, share.low()).survivalProbability(found - 1))
        .isCloseTo(StrictEstimate.BEYOND, within(1e-9));
    assertThat(BinomialDistribution.of(rows, share.high()).cumulativeProbability(found))
        .isCloseTo(StrictEstimate.BEYOND, within(1e-9));
  }

  @Test
  void aShareOfNoneOrAllReachesToTheEnd() {
    assertThat(StrictEstimate.share(0, 100).low()).isZero();
    assertThat(StrictEstimate.share(0, 100).high())
        .as("(1 - p)^100 = 0.0005")
        .isCloseTo(1 - Math.pow(0.0005, 0.01), within(1e-12));
    assertThat(StrictEstimate.share(100, 100).high()).isEqualTo(1);
    assertThat(StrictEstimate.share(100, 100).low())
        .isCloseTo(Math.pow(0.0005, 0.01), within(1e-12));
  }

  /** However few the rows and however rare the failures: nobody is told wrongly more often. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.8, 0.95, 0.99})
  void aModelThatIsJustAsPromisedIsSeldomCalledWorse(double truth) {
    for (int rows : new int[] {50, 100, 1000, 5000}) {
      BinomialDistribution rights = BinomialDistribution.of(rows, truth);
      double wrong = 0;
      for (int right = 0; right < truth * rows; right++) {
        wrong += StrictEstimate.share(right, rows).high() < truth ? rights.probability(right) : 0;
      }
      assertThat(wrong).as("of %d rows", rows).isLessThanOrEqualTo(StrictEstimate.BEYOND);
    }
  }

  /**
   * @param most the largest probability; the mean is half of it
   */
  private static List<Labelled> drawn(SplittableRandom random, int rows, double most) {
    List<Labelled> cases = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double probability = most * random.nextDouble();
      cases.add(labelled(probability, random.nextDouble() < probability));
    }
    return cases;
  }

  /**
   * The bootstrap's intervals are so only about, and one in 2000 draws is what is wanted. The side
   * on which a model seems worse is the one that matters. Where one in ten rows is of the second
   * class, 100 rows have ten of them.
   */
  @ParameterizedTest
  @CsvSource({"AUC, 1", "AUC, 0.2", "F1, 1", "BRIER, 1", "BRIER, 0.2"})
  void intervalsOfTheBootstrapHoldTheTruthNearlyAlways(Metric metric, double most) {
    SplittableRandom random = new SplittableRandom(7);
    double truth = truth(metric, drawn(random, 300_000, most));
    int worse = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      Estimate estimate =
          Objects.requireNonNull(StrictEstimate.of(metric, drawn(random, 100, most)));
      worse += (metric.isBetterHigh() ? estimate.high() < truth : estimate.low() > truth) ? 1 : 0;
    }
    System.out.printf("%s seems worse in %d of %d draws%n", metric.word(), worse, DRAWS);
    assertThat(worse).isLessThanOrEqualTo(MOST_WRONG);
  }

  private static double truth(Metric metric, List<Labelled> cases) {
    return Objects.requireNonNull(ClassificationQuality.points(cases).get(metric));
  }

  @ParameterizedTest
  @EnumSource(names = {"MAE", "RMSE"})
  void errorsOfANormalKindAreHeldAsWell(Metric metric) {
    SplittableRandom random = new SplittableRandom(8);
    double truth = metric == Metric.MAE ? 3 * Math.sqrt(2 / Math.PI) : 3;
    int worse = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      double[] errors = new double[100];
      Arrays.setAll(errors, i -> 3 * random.nextGaussian());
      Estimate estimate = Objects.requireNonNull(StrictEstimate.of(metric, errors));
      worse += estimate.low() > truth ? 1 : 0;
    }
    System.out.printf("%s seems worse in %d of %d draws%n", metric.word(), worse, DRAWS);
    assertThat(worse).isLessThanOrEqualTo(MOST_WRONG);
  }

  @Test
  void whatIsNoFigureOfTheKindHasNone() {
    assertThat(StrictEstimate.of(Metric.MAE, List.of(labelled(0.9, true)))).isNull();
    assertThat(StrictEstimate.of(Metric.ECE, List.of(labelled(0.9, true)))).isNull();
    assertThat(StrictEstimate.of(Metric.AUC, List.of(labelled(0.9, true))))
        .as("one class only")
        .isNull();
    assertThat(StrictEstimate.of(Metric.ACCURACY, new double[] {1})).isNull();
  }

  @Test
  void anExpectedAccuracyIsAsUncertainAsAMeasuredOne() {
    Estimate expected = StrictEstimate.of(new ExpectedAccuracy(0.85, 1000, 0));
    Estimate measured = StrictEstimate.share(850, 1000);
    assertThat(expected.low()).isCloseTo(measured.low(), within(1e-12));
    assertThat(expected.high()).isCloseTo(measured.high(), within(1e-12));
  }
}
