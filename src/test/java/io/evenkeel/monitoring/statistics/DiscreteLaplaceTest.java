package io.evenkeel.monitoring.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscreteLaplaceTest {
  private static final int DRAWS = 200_000;

  /** The probability of z is (1 - p) / (1 + p) p^|z|, with p = exp(-1 / scale). */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 3", "7, 2", "22000000, 1000000"})
  void drawsEachNumberAsOftenAsItShould(long over, long under) {
    DiscreteLaplace noise = new DiscreteLaplace(new SplittableRandom(20_260_401), over, under);
    double p = Math.exp(-(double) under / over);
    int width = (int) Math.max(1, Math.ceil(noise.scale() / 4));
    int[] found = new int[9];
    double[] expected = new double[9];
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      long z = noise.next();
      squares += (double) z * z;
      found[bin(z, width)]++;
    }
    for (int z = -10_000; z <= 10_000; z++) {
      expected[bin(z, width)] += DRAWS * (1 - p) / (1 + p) * Math.pow(p, Math.abs(z));
    }
    double chi = 0;
    for (int i = 0; i < found.length; i++) {
      chi += Math.pow(found[i] - expected[i], 2) / expected[i];
    }
    // Of chi squared with 8 degrees of freedom, 26.1 is exceeded once in a thousand times.
    assertThat(chi).isLessThan(26.1);
    double deviation = noise.standardDeviation();
    assertThat(Math.sqrt(squares / DRAWS)).isCloseTo(deviation, within(0.02 * deviation));
  }

  /** The middle is one number where bins are one wide; the outer bins are open. */
  private static int bin(long z, int width) {
    return Math.clamp(Math.floorDiv(z + width / 2, width) + 4, 0, 8);
  }

  /** What differential privacy is: one more or less makes nothing much likelier. */
  @Test
  void makesNeighboursNearlyAsLikely() {
    double epsilon = 0.5;
    DiscreteLaplace noise = new DiscreteLaplace(new SplittableRandom(7), 2, 1);
    int[] without = new int[41];
    int[] with = new int[41];
    for (int i = 0; i < 1_000_000; i++) {
      long z = noise.next();
      if (Math.abs(z) <= 18) {
        without[(int) z + 20]++;
        with[(int) z + 21]++;
      }
    }
    for (int i = 12; i < 29; i++) {
      double ratio = (double) with[i] / without[i];
      assertThat(Math.abs(Math.log(ratio))).isLessThan(epsilon + 0.1);
    }
  }

  @Test
  void needsAScale() {
    SplittableRandom random = new SplittableRandom(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new DiscreteLaplace(random, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new DiscreteLaplace(random, 1, 0));
  }
}
