package io.evenkeel.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.monitoring.Importance.Spread;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportanceShiftTest {
  private static final int FEATURES = 20;
  private static final int WINDOW = 500;

  @Test
  void isTheDifferenceInStandardErrors() {
    // (3 - 1) / sqrt(4 / 100 + 9 / 25) = 2 / sqrt(0.4)
    assertThat(ImportanceShift.statistic(new Spread(3, 2), 100, new Spread(1, 3), 25))
        .isCloseTo(3.1622776601683795, within(1e-12));
    assertThat(ImportanceShift.statistic(new Spread(0, 0), 100, new Spread(0, 0), 25)).isZero();
    assertThat(ImportanceShift.statistic(new Spread(0, 0), 100, new Spread(1, 0), 25))
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void theBoundIsThatOfAllFeaturesTogether() {
    // scipy.stats.t.isf(0.001 / 2, 499) and scipy.stats.t.isf(0.001 / 2 / 30, 142)
    assertThat(ImportanceShift.bound(500, 1)).isCloseTo(3.310131, within(1e-6));
    assertThat(ImportanceShift.bound(143, 30)).isCloseTo(4.286351, within(1e-6));
  }

  /** Exponential values are as skewed as attributions often are. */
  @ParameterizedTest
  @CsvSource({"1000, 0.004", "143, 0.02"})
  void falseWordsAreAboutAsRareAsThePageSays(int rowsBefore, double most) {
    SplittableRandom random = new SplittableRandom(5);
    double bound = ImportanceShift.bound(Math.min(WINDOW, rowsBefore), FEATURES);
    int windows = 1000;
    long falseWords =
        IntStream.range(0, windows)
            .filter(window ->
                IntStream.range(0, FEATURES)
                    .mapToDouble(feature ->
                        ImportanceShift.statistic(
                            exponential(WINDOW, random),
                            WINDOW,
                            exponential(rowsBefore, random),
                            rowsBefore))
                    .anyMatch(statistic -> Math.abs(statistic) >= bound))
            .count();

    assertThat((double) falseWords / windows).isLessThanOrEqualTo(most);
  }

  private static Spread exponential(int rows, SplittableRandom random) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < rows; i++) {
      double value = random.nextExponential();
      sum += value;
      squares += value * value;
    }
    double mean = sum / rows;
    return new Spread(mean, Math.sqrt((squares - rows * mean * mean) / (rows - 1)));
  }
}
