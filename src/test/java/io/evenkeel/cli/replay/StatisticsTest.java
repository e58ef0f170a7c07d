package io.evenkeel.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  @Test
  void theAreaUnderTheCurveIsTheShareOfPairsInOrder() {
    RankSum ranks = new RankSum();
    ranks.add(0.1, false);
    ranks.add(0.4, false);
    ranks.add(0.4, true);
    ranks.add(0.9, true);

    // Of four pairs three are in order, and one is a tie.
    assertThat(ranks.area()).isEqualTo(3.5 / 4);
  }

  @Test
  void theAreaHoldsAtBothEnds() {
    RankSum ranks = new RankSum();
    ranks.add(0, false);
    ranks.add(1e-6, false);
    ranks.add(2e-6, true);
    ranks.add(1 - 1e-6, false);
    ranks.add(1, true);

    assertThat(ranks.area()).isCloseTo(5 / 6.0, within(1e-12));
    assertThat(new RankSum().area()).isNull();
  }

  @Test
  void momentsAreThoseOfTheNumbers() {
    Moments moments = new Moments();
    for (double number : new double[] {2, 4, 4, 4, 5, 5, 7, 9}) {
      moments.add(number);
    }

    assertThat(moments.mean()).isEqualTo(5);
    assertThat(moments.deviation()).isEqualTo(2);
  }

  @Test
  void quantilesAreRightToWithinOnePercentOfTheRanks() {
    Quantiles quantiles = new Quantiles();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200_000; i++) {
      quantiles.add(random.nextDouble());
    }
    quantiles.add(Double.NaN);

    assertThat(quantiles.count()).isEqualTo(200_000);
    assertThat(quantiles.mean()).isCloseTo(0.5, within(0.005));
    for (double rank : new double[] {0.01, 0.25, 0.5, 0.9, 0.99}) {
      assertThat(quantiles.at(rank)).isCloseTo(rank, within(0.015));
    }
    assertThat(quantiles.shares(List.of(0.0, 0.25, 0.75, 1.0)))
        .satisfiesExactly(
            share -> assertThat(share).isCloseTo(0.25, within(0.015)),
            share -> assertThat(share).isCloseTo(0.5, within(0.015)),
            share -> assertThat(share).isCloseTo(0.25, within(0.015)));
  }

  @Test
  void figuresAreShort() {
    assertThat(Figures.number(0.000123456)).isEqualTo("0.0001235");
    assertThat(Figures.number(123456)).isEqualTo("123500");
    assertThat(Figures.number(Double.NaN)).isEqualTo("-");
    assertThat(Figures.percent(0.0123)).isEqualTo("1.23 %");
    assertThat(Figures.percent(0.99999)).isEqualTo(">99.99 %");
    assertThat(Figures.percent(1)).isEqualTo("100 %");
    assertThat(Figures.percent(0)).isEqualTo("0 %");
  }
}
