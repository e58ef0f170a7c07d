package io.evenkeel.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapleySamplingTest {
  private static final int FEATURES = 6;

  /** Values of coalitions in which features work together in pairs and all at once. */
  private static double together(BitSet present) {
    double value = 0;
    for (int i = 0; i < FEATURES; i++) {
      value += present.get(i) ? i + 1 : 0;
      value += present.get(i) && present.get((i + 1) % FEATURES) ? 10 * (i + 1) : 0;
    }
    return value + (present.cardinality() == FEATURES ? 100 : 0);
  }

  private static BitSet all(int features) {
    BitSet all = new BitSet();
    all.set(0, features);
    return all;
  }

  private static ShapleySampling sampled(
      ToDoubleFunction<BitSet> game, BitSet players, long seed, int... portions) {
    ShapleySampling sampling =
        new ShapleySampling(
            players, game.applyAsDouble(new BitSet()), game.applyAsDouble(players), seed);
    for (int portion : portions) {
      sampling.take(sampling.draw(portion).stream().mapToDouble(game).toArray());
    }
    return sampling;
  }

  /** By the definition: over all orders. */
  private static double[] exact(ToDoubleFunction<BitSet> game) {
    List<int[]> orders = new ArrayList<>();
    permute(new int[FEATURES], 0, new BitSet(), orders);
    double[] values = new double[FEATURES];
    for (int[] order : orders) {
      BitSet present = new BitSet();
      for (int feature : order) {
        double before = game.applyAsDouble(present);
        present.set(feature);
        values[feature] += (game.applyAsDouble(present) - before) / orders.size();
      }
    }
    return values;
  }

  private static void permute(int[] order, int place, BitSet used, List<int[]> found) {
    if (place == order.length) {
      found.add(order.clone());
      return;
    }
    for (int feature = 0; feature < order.length; feature++) {
      if (!used.get(feature)) {
        used.set(feature);
        order[place] = feature;
        permute(order, place + 1, used, found);
        used.clear(feature);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100})
  void addsUpToTheWholeDifferenceHoweverFewPermutationsThereAre(int pairs) {
    ShapleySampling sampling = sampled(ShapleySamplingTest::together, all(FEATURES), pairs, pairs);

    assertThat(Arrays.stream(sampling.attributions(FEATURES)).sum())
        .isCloseTo(together(all(FEATURES)), within(1e-9));
    assertThat(sampling.pairs()).isEqualTo(pairs);
  }

  @Test
  void comesToTheShapleyValuesWithinItsStandardErrors() {
    double[] exact = exact(ShapleySamplingTest::together);
    int within = 0;
    for (int seed = 0; seed < 100; seed++) {
      ShapleySampling sampling = sampled(ShapleySamplingTest::together, all(FEATURES), seed, 50);
      double[] estimates = sampling.attributions(FEATURES);
      double[] errors = sampling.standardErrors(FEATURES);
      for (int i = 0; i < FEATURES; i++) {
        assertThat(errors[i]).isPositive();
        within += Math.abs(estimates[i] - exact[i]) <= 2 * errors[i] ? 1 : 0;
      }
    }
    // 95 % of 600 are 570, give or take 5 for each standard deviation.
    assertThat(within).isBetween(545, 595);
  }

  @Test
  void isExactWhereFeaturesDoNotWorkTogether() {
    ToDoubleFunction<BitSet> additive =
        present -> present.stream().mapToDouble(i -> 2.5 * i - 3).sum();
    ShapleySampling sampling = sampled(additive, all(FEATURES), 1, 2);

    for (int i = 0; i < FEATURES; i++) {
      assertThat(sampling.attributions(FEATURES)[i]).isCloseTo(2.5 * i - 3, within(1e-12));
      assertThat(sampling.standardErrors(FEATURES)[i]).isCloseTo(0, within(1e-9));
    }
  }

  @Test
  void twoFeaturesAreExactAfterOnePair() {
    ToDoubleFunction<BitSet> both = present -> present.cardinality() == 2 ? 8 : 0;
    ShapleySampling sampling = sampled(both, all(2), 1, 1);

    assertThat(sampling.attributions(2)).containsExactly(4, 4);
    assertThat(sampling.standardErrors(2)).containsExactly(0, 0);
  }

  @Test
  void oneFeatureTakesNoRun() {
    BitSet second = new BitSet();
    second.set(1);
    ShapleySampling sampling = new ShapleySampling(second, 1, 4, 9);

    assertThat(sampling.draw(3)).isEmpty();
    sampling.take(new double[0]);
    assertThat(sampling.attributions(3)).containsExactly(0, 3, 0);
  }

  @Test
  void nothingIsCreditedWhereNothingDiffers() {
    ShapleySampling sampling = sampled(present -> 5, new BitSet(), 1, 2);

    assertThat(sampling.attributions(2)).containsExactly(0, 0);
    assertThat(sampling.pairs()).isEqualTo(2);
  }

  @Test
  void portionsDoNotChangeWhatIsDrawn() {
    ShapleySampling atOnce = sampled(ShapleySamplingTest::together, all(FEATURES), 5, 12);
    ShapleySampling inPortions =
        sampled(ShapleySamplingTest::together, all(FEATURES), 5, 1, 2, 4, 5);

    assertThat(inPortions.attributions(FEATURES)).isEqualTo(atOnce.attributions(FEATURES));
    assertThat(inPortions.standardErrors(FEATURES)).isEqualTo(atOnce.standardErrors(FEATURES));
    assertThat(sampled(ShapleySamplingTest::together, all(FEATURES), 6, 12).attributions(FEATURES))
        .isNotEqualTo(atOnce.attributions(FEATURES));
  }

  @Test
  void onePairTellsNothingOfTheError() {
    ShapleySampling sampling = sampled(ShapleySamplingTest::together, all(FEATURES), 5, 1);

    assertThat(sampling.standardErrors(FEATURES)).containsOnly(Double.NaN);
  }

  @Test
  void aPairIsAPermutationAndItsReverse() {
    ShapleySampling sampling =
        new ShapleySampling(all(4), 0, 1, new SplittableRandom(3).nextLong());
    List<BitSet> coalitions = sampling.draw(1);

    assertThat(coalitions).hasSize(6).hasSize(sampling.rowsOfPair());
    for (int i = 0; i < 3; i++) {
      BitSet others = (BitSet) coalitions.get(i).clone();
      others.flip(0, 4);
      assertThat(coalitions.get(i).cardinality()).isEqualTo(i + 1);
      assertThat(coalitions.get(5 - i)).isEqualTo(others);
    }
  }

  @Test
  void takesNoOtherNumberOfValues() {
    ShapleySampling sampling = new ShapleySampling(all(3), 0, 1, 1);
    var ignored = sampling.draw(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> sampling.take(new double[3]))
        .withMessage("3 values for 1 pairs of 4");
  }
}
