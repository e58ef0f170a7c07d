package io.evenkeel.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.monitoring.drift.StreamReference.Order;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DriftDetectorTest {
  private static final DriftSettings SETTINGS = DriftSettings.standard();

  @ParameterizedTest
  @EnumSource(Order.class)
  void noBetWinsInTheMeanWhileNothingDrifts(Order order) {
    StreamReference reference = reference(order, 90, 400, 10, 0, 500);
    double[] payoffs = Bets.payoffs(reference, new Tolerance(reference, SETTINGS, 1));
    int bets = payoffs.length / reference.size();

    for (int bet = 0; bet < bets; bet++) {
      double mean = 0;
      for (int bin = 0; bin < reference.size(); bin++) {
        mean += reference.probability(bin) * payoffs[bin * bets + bet];
      }
      assertThat(mean).as("bet %d", bet).isLessThan(1).isGreaterThan(0.1);
    }
  }

  @Test
  void aLargerReferenceNeedsLessTolerance() {
    double small = new Tolerance(reference(Order.ORDERED, 50, 50), SETTINGS, 1).fixed(0.5);
    double large = new Tolerance(reference(Order.ORDERED, 5000, 5000), SETTINGS, 1).fixed(0.5);

    assertThat(small - 1).isCloseTo(10 * (large - 1), within(1e-9));
  }

  @Test
  void manyStreamsNeedMoreToleranceForBetsNearTheReference() {
    StreamReference reference = reference(Order.ORDERED, 2500, 2500);
    Tolerance one = new Tolerance(reference, SETTINGS, 1);
    Tolerance many = new Tolerance(reference, SETTINGS, 400);

    assertThat(many.anywhere()).isGreaterThan(1.2 * one.anywhere());
    assertThat(many.fixed(0.1) - 1).isGreaterThan(1.5 * (one.fixed(0.1) - 1));
    assertThat(many.fixed(1)).isEqualTo(one.fixed(1));
    assertThat(many.lifted(0, 0.05)).isGreaterThan(one.lifted(0, 0.05));
  }

  @Test
  void theFirstRowsComeOutAsByHand() {
    StreamReference rate = StreamReference.ofRate("r", DriftGroup.VIOLATIONS, 0.1, 1000);
    double[] payoffs = Bets.payoffs(rate, new Tolerance(rate, SETTINGS, 1));
    DriftDetector detector = new DriftDetector(rate, SETTINGS, 1, 1e200);

    double first = detector.observe(1);
    double byHand = 1.0 / 3;
    double second = 0;
    for (int bet = 0; bet < 4; bet++) {
      double payoff = payoffs[4 + bet];
      byHand += payoff / 6;
      second += (1 + payoff) * payoffs[bet] / 6;
    }
    // The learnt bet begins at the reference, and after a "no" expects a little less of "yes".
    assertThat(first).isCloseTo(byHand, within(1e-12));
    double p = rate.probability(0);
    double q = 50 * p / 51;
    double distance = (1 - rate.probability(1)) / Math.sqrt(p * rate.probability(1)) / 51;
    double tolerance = 1 + new Tolerance(rate, SETTINGS, 1).anywhere() * distance;
    second += 2 * q / (tolerance * p) / 3;
    assertThat(detector.observe(0)).isCloseTo(second, within(1e-9));
  }

  @Test
  void aBlockOfOneRowIsARow() {
    StreamReference reference = reference(Order.NOMINAL, 90, 400, 10, 500);
    DriftDetector rows = new DriftDetector(reference, SETTINGS, 1, 1e200);
    DriftDetector blocks = new DriftDetector(reference, SETTINGS, 1, 1e200);
    SplittableRandom random = new SplittableRandom(1);

    for (int row = 0; row < 300; row++) {
      int bin = random.nextInt(4);
      long[] counts = new long[4];
      counts[bin] = 1;
      assertThat(blocks.observe(counts))
          .isCloseTo(rows.observe(bin), within(1e-6 * rows.evidence()));
    }
  }

  @Test
  void findsDriftInBlocksToo() {
    DriftDetector detector =
        new DriftDetector(reference(Order.ORDERED, 250, 250, 250, 250), SETTINGS, 1, 1e200);
    for (int block = 0; block < 20; block++) {
      detector.observe(new long[] {20, 24, 26, 30});
    }
    assertThat(detector.evidence()).isGreaterThan(1000);
    assertThat(detector.observe(new long[4])).isEqualTo(detector.evidence());
  }

  @Test
  void evidenceStopsAtTheCeilingAndKeepsItsStart() {
    DriftDetector detector =
        new DriftDetector(reference(Order.NOMINAL, 500, 500), SETTINGS, 1, 1e6);
    for (int row = 0; row < 2000; row++) {
      detector.observe(1);
    }
    assertThat(detector.evidence()).isEqualTo(1e6);
    assertThat(detector.rowsAgo()).isBetween(1900.0, 2000.0);
    assertThat(detector.recentShare(1)).isGreaterThan(0.99);
  }

  @Test
  void anotherHourHasAnotherReference() {
    StreamReference day = reference(Order.NOMINAL, 900, 100);
    StreamReference night = reference(Order.NOMINAL, 100, 900);
    DriftDetector detector = new DriftDetector(day, SETTINGS, 1, 1e200);
    SplittableRandom random = new SplittableRandom(2);

    for (int hour = 0; hour < 40; hour++) {
      boolean byDay = hour % 2 == 0;
      detector.expect(byDay ? day : night);
      for (int row = 0; row < 100; row++) {
        detector.observe(random.nextDouble() < 0.9 == byDay ? 0 : 1);
      }
    }
    assertThat(detector.evidence()).isLessThan(1000);
  }

  private static StreamReference reference(Order order, long... counts) {
    List<String> bins =
        java.util.stream.IntStream.range(0, counts.length).mapToObj(String::valueOf).toList();
    return StreamReference.of("x", DriftGroup.PREDICTIONS, order, bins, counts);
  }
}
