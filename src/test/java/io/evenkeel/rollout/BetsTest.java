package io.evenkeel.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The expectation of what a bet pays, by adding up all the courses that some observations can take:
 * exact, where a simulation would hardly ever see the courses that pay most.
 */
class BetsTest {
  private static final int OBSERVATIONS = 9;
  private static final int STEPS = 3;
  private static final double SHARE = 0.05;

  /** The expected capital if each observation is the canary's with a probability of the index. */
  private static double expected(
      Bet bet, Consumer<boolean[]> play, DoubleUnaryOperator probabilityAt) {
    double expectation = 0;
    String start = json(bet);
    for (int course = 0; course < 1 << OBSERVATIONS; course++) {
      bet.load(read(start));
      boolean[] canary = new boolean[OBSERVATIONS];
      double probability = 1;
      for (int i = 0; i < OBSERVATIONS; i++) {
        canary[i] = (course >> i & 1) == 1;
        double p = probabilityAt.applyAsDouble(i);
        probability *= canary[i] ? p : 1 - p;
      }
      play.accept(canary);
      expectation += probability * Math.exp(bet.logEvidence());
    }
    bet.load(read(start));
    return expectation;
  }

  private static String json(Bet bet) {
    return JsonMapper.shared().writeValueAsString(bet.save());
  }

  private static JsonNode read(String json) {
    return JsonMapper.shared().readTree(json);
  }

  private static Arm arm(boolean canary) {
    return canary ? Arm.CANARY : Arm.STABLE;
  }

  private static void playBad(ShareBet bet, boolean[] canary, double pi) {
    for (int i = 0; i < canary.length; i++) {
      bet.observe(pi, arm(canary[i]), true, 1);
      if (i % 4 == 3) {
        bet.beginStep();
      }
    }
  }

  @Test
  void anEqualCanaryLeavesTheStakeAsItIsOnAverage() {
    ShareBet bet = new ShareBet(1, 0, STEPS);
    assertThat(expected(bet, canary -> playBad(bet, canary, SHARE), i -> SHARE))
        .isCloseTo(1, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1.5, 3})
  void asBadAsAllowedIsNoEvidenceOnAverage(double ratio) {
    ShareBet bet = new ShareBet(ratio, 0, STEPS);
    double most = OddsBet.lift(SHARE, ratio);
    assertThat(expected(bet, canary -> playBad(bet, canary, SHARE), i -> most))
        .isCloseTo(1, within(1e-9));
    assertThat(expected(bet, canary -> playBad(bet, canary, SHARE), i -> most * (1 - i / 20.0)))
        .as("better, and changing over time")
        .isLessThan(1);
    assertThat(expected(bet, canary -> playBad(bet, canary, SHARE), i -> 4 * most))
        .as("worse")
        .isGreaterThan(10);
  }

  @Test
  void anExcessOverAMovingQuantileIsNoEvidenceOnAverage() {
    ExcessBet bet = new ExcessBet(1.25, List.of(0.5, 0.9), STEPS, String::valueOf);
    for (int i = 0; i < 100; i++) {
      bet.observe(SHARE, Arm.STABLE, 10 + i % 7);
    }
    double before = Math.exp(bet.logEvidence());
    assertThat(
            expected(
                bet,
                canary -> {
                  for (int i = 0; i < canary.length; i++) {
                    double value = 3 + 5 * i;
                    bet.observe(SHARE, arm(canary[i]), value * (canary[i] ? 1.25 : 1));
                  }
                },
                i -> SHARE))
        .isCloseTo(before, within(1e-9));
  }

  @Test
  void aShiftWithinTheToleranceIsNoEvidenceOnAverage() {
    ShiftBet bet = new ShiftBet(0.25, STEPS);
    for (int i = 0; i < 700; i++) {
      bet.observe(SHARE, i % 9 == 0 ? Arm.CANARY : Arm.STABLE, i * 37 % 100 / 100.0);
    }
    double before = Math.exp(bet.logEvidence());
    double high = OddsBet.lift(SHARE, 1.25);
    double low = OddsBet.lift(SHARE, 0.8);
    for (double p : new double[] {low, SHARE, high}) {
      assertThat(
              expected(
                  bet,
                  canary -> {
                    for (int i = 0; i < canary.length; i++) {
                      bet.observe(SHARE, arm(canary[i]), i * 61 % 100 / 100.0);
                    }
                  },
                  i -> p))
          .isLessThanOrEqualTo(before * (1 + 1e-9));
    }
  }

  @Test
  void twoFailuresOfTwoAreEvidenceByTheCanarysShare() {
    OddsBet bet = new OddsBet(1, 1);
    bet.observe(0.5, true);
    double[] thetas = {1.15, 1.4, 2, 3, 6, 15, 50};
    double byHand = 0;
    for (double theta : thetas) {
      byHand += theta / (theta + 1) / 0.5 / thetas.length;
    }
    assertThat(Math.exp(bet.wealth().log())).isCloseTo(byHand, within(1e-12));
  }

  @Test
  void theAllowanceTakesStableForWorseThanItIs() {
    ShareBet strict = new ShareBet(1, 0, 1);
    ShareBet lenient = new ShareBet(1, 0.1, 1);
    for (ShareBet bet : List.of(strict, lenient)) {
      for (int i = 0; i < 200; i++) {
        boolean canary = i % 10 == 0;
        bet.observe(0.1, arm(canary), canary && i % 100 == 0, i % 20 / 20.0);
      }
    }
    assertThat(strict.counted()).isEqualTo(lenient.counted());
    assertThat(lenient.logEvidence()).isLessThan(0).isLessThan(strict.logEvidence());
  }

  @Test
  void aQuantileFollowsItsValuesWhateverTheirScale() {
    for (double scale : new double[] {1, 1e9}) {
      RunningQuantile quantile = new RunningQuantile(0.9);
      int above = 0;
      for (int i = 0; i < 20_000; i++) {
        double value = scale * (1 + i * 7919 % 1000);
        if (i >= 10_000 && value > quantile.value()) {
          above++;
        }
        quantile.add(value);
      }
      assertThat(above / 10_000.0).isCloseTo(0.1, within(0.01));
    }
  }

  @Test
  void aValueThatFillsADecileHasABinOfItsOwn() {
    Bins bins = new Bins();
    for (int i = 0; i < Bins.FIRST; i++) {
      bins.add(i % 2 == 0 ? 1 : i / 1000.0);
    }
    assertThat(bins.of(1)).isNotEqualTo(bins.of(0.99999));
    assertThat(bins.of(1.5)).isEqualTo(bins.count() - 1);
    Bins constant = new Bins();
    for (int i = 0; i < Bins.FIRST; i++) {
      constant.add(0.5);
    }
    assertThat(constant.count()).isEqualTo(3);
  }
}
