package io.evenkeel.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Estimates Shapley values by random permutations. Along a permutation features come one after the
 * other from the baseline to the row, and each is credited with the difference that it makes; its
 * Shapley value is the mean of that over all permutations (Castro, Gomez and Tejada, 2009;
 * Strumbelj and Kononenko, "Explaining prediction models and individual predictions with feature
 * contributions", Knowledge and Information Systems 41, 2014).
 *
 * <p>Along each permutation the credits add up to the difference between the row's answer and the
 * baseline's, so those of the estimate do too, however few permutations there were. Permutations
 * come in antithetic pairs, one and its reverse, whose errors partly cancel (Mitchell, Cooper,
 * Frank and Holmes, "Sampling permutations for Shapley value estimation", JMLR 23, 2022). Pairs are
 * independent of each other, so the standard error is that of the mean of the pairs' means.
 *
 * <p>Pure but for its generator: the same seed draws the same permutations, in whatever portions.
 * For one thread.
 */
final class ShapleySampling {
  private final int[] players;
  private final double ofBaseline;
  private final double ofRow;
  private final SplittableRandom random;

  /** Orders that were drawn, and whose coalitions weren't evaluated yet. */
  private final List<int[]> drawn = new ArrayList<>();

  private final double[] means;

  /** Sums of squared deviations from the means, by Welford's recursion. */
  private final double[] squares;

  private int pairs;

  /**
   * @param players the features that differ between row and baseline; all others have a value of 0
   * @param ofBaseline the number that is explained, of the baseline
   * @param ofRow the same of the row
   */
  ShapleySampling(BitSet players, double ofBaseline, double ofRow, long seed) {
    this.players = players.stream().toArray();
    this.ofBaseline = ofBaseline;
    this.ofRow = ofRow;
    this.random = new SplittableRandom(seed);
    this.means = new double[this.players.length];
    this.squares = new double[this.players.length];
  }

  /** How many rows a pair of permutations takes: its ends are known. */
  int rowsOfPair() {
    return 2 * inner();
  }

  private int inner() {
    return Math.max(0, players.length - 1);
  }

  /**
   * Draws pairs of permutations.
   *
   * @return the features that come from the row, for each row that is to be evaluated
   */
  List<BitSet> draw(int count) {
    List<BitSet> coalitions = new ArrayList<>(count * rowsOfPair());
    for (int i = 0; i < count; i++) {
      int[] order = shuffled();
      drawn.add(order);
      addCoalitions(order, coalitions);
      addCoalitions(reversed(order), coalitions);
    }
    return coalitions;
  }

  /** Fisher and Yates' shuffle of the players' places. */
  private int[] shuffled() {
    int[] order = new int[players.length];
    for (int i = 0; i < order.length; i++) {
      int place = random.nextInt(i + 1);
      order[i] = order[place];
      order[place] = i;
    }
    return order;
  }

  private static int[] reversed(int[] order) {
    int[] reversed = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      reversed[i] = order[order.length - 1 - i];
    }
    return reversed;
  }

  private void addCoalitions(int[] order, List<BitSet> coalitions) {
    BitSet present = new BitSet();
    for (int i = 0; i < inner(); i++) {
      present.set(players[order[i]]);
      coalitions.add((BitSet) present.clone());
    }
  }

  /** Takes in what was drawn and evaluated: the numbers of the coalitions, in their order. */
  void take(double[] values) {
    if (values.length != drawn.size() * rowsOfPair()) {
      throw new IllegalArgumentException(
          values.length + " values for " + drawn.size() + " pairs of " + rowsOfPair());
    }
    int next = 0;
    for (int[] order : drawn) {
      double[] credits = new double[players.length];
      credit(order, values, next, credits);
      credit(reversed(order), values, next + inner(), credits);
      next += rowsOfPair();
      add(credits);
    }
    drawn.clear();
  }

  private void credit(int[] order, double[] values, int from, double[] credits) {
    double before = ofBaseline;
    for (int i = 0; i < order.length; i++) {
      double now = i < inner() ? values[from + i] : ofRow;
      credits[order[i]] += (now - before) / 2;
      before = now;
    }
  }

  private void add(double[] credits) {
    pairs++;
    for (int i = 0; i < credits.length; i++) {
      double deviation = credits[i] - means[i];
      means[i] += deviation / pairs;
      squares[i] += deviation * (credits[i] - means[i]);
    }
  }

  int pairs() {
    return pairs;
  }

  /**
   * The estimate of each feature's Shapley value.
   *
   * @param features how many features there are
   */
  double[] attributions(int features) {
    double[] attributions = new double[features];
    for (int i = 0; i < players.length; i++) {
      attributions[players[i]] = means[i];
    }
    return attributions;
  }

  /** The estimates' standard errors; NaN where a single pair tells nothing of them. */
  double[] standardErrors(int features) {
    double[] errors = new double[features];
    for (int i = 0; i < players.length; i++) {
      errors[players[i]] = standardError(squares[i]);
    }
    return errors;
  }

  private double standardError(double squaresOfOne) {
    if (players.length <= 2) {
      return 0; // A pair holds every permutation there is.
    }
    return pairs < 2 ? Double.NaN : Math.sqrt(squaresOfOne / (pairs - 1) / pairs);
  }
}
