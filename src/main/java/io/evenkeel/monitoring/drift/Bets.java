package io.evenkeel.monitoring.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The drifts that are bet on from the first row, each a distribution q over the bins that is fixed
 * beforehand. What a bet pays in a bin, q / (tolerance · p), is looked up.
 *
 * <p>Ordered values are bet to shift by steps in units of their own deviation, and to spread or
 * gather; nominal ones to gather in any one bin. On gaps there are no bets here: they have a stream
 * of their own.
 */
final class Bets {
  private static final double[] SHIFTS = {0.125, 0.25, 0.5, 1, 2};
  private static final double[] SPREADS = {0.25, -0.5};
  private static final double[] LIFTS = {0.05, 0.25};

  private final StreamReference reference;
  private final Tolerance tolerance;
  private final List<double[]> payoffs = new ArrayList<>();

  private Bets(StreamReference reference, Tolerance tolerance) {
    this.reference = reference;
    this.tolerance = tolerance;
  }

  /** What each bet pays: first all bets' in bin 0, then all in bin 1, and so on. */
  static double[] payoffs(StreamReference reference, Tolerance tolerance) {
    Bets bets = new Bets(reference, tolerance);
    switch (reference.order()) {
      case ORDERED -> bets.onShifts();
      case NOMINAL -> bets.onEachBin();
    }
    double[] table = new double[bets.payoffs.size() * reference.size()];
    int place = 0;
    for (int bin = 0; bin < reference.size(); bin++) {
      for (double[] payoff : bets.payoffs) {
        table[place++] = payoff[bin];
      }
    }
    return table;
  }

  private void onShifts() {
    double[] scores = scores();
    for (double shift : SHIFTS) {
      onTilt(scores, score -> shift * score);
      onTilt(scores, score -> -shift * score);
    }
    for (double spread : SPREADS) {
      onTilt(scores, score -> spread * score * score);
    }
  }

  /** Where the middle of each bin of values would be, were the values normal. */
  private double[] scores() {
    double there = 0;
    for (int bin = 0; bin < reference.values(); bin++) {
      there += reference.probability(bin);
    }
    double[] scores = new double[reference.values()];
    double below = 0;
    for (int bin = 0; bin < scores.length; bin++) {
      double share = reference.probability(bin) / there;
      scores[bin] = NormalDistribution.of(0, 1).inverseCumulativeProbability(below + share / 2);
      below += share;
    }
    return scores;
  }

  /** A bet that weighs values by e to the tilt of their score, and leaves gaps as they are. */
  private void onTilt(double[] scores, DoubleUnaryOperator tilt) {
    double there = 0;
    double tilted = 0;
    for (int bin = 0; bin < scores.length; bin++) {
      there += reference.probability(bin);
      tilted += reference.probability(bin) * Math.exp(tilt.applyAsDouble(scores[bin]));
    }
    double[] payoff = new double[reference.size()];
    double square = 0;
    for (int bin = 0; bin < payoff.length; bin++) {
      payoff[bin] =
          bin < scores.length ? Math.exp(tilt.applyAsDouble(scores[bin])) * there / tilted : 1;
      square += reference.probability(bin) * (payoff[bin] - 1) * (payoff[bin] - 1);
    }
    add(payoff, tolerance.fixed(Math.sqrt(square)));
  }

  private void onEachBin() {
    for (int bin = 0; bin < reference.values(); bin++) {
      for (double share : LIFTS) {
        onOneBin(bin, share);
      }
    }
  }

  private void onOneBin(int lifted, double share) {
    double[] payoff = new double[reference.size()];
    for (int bin = 0; bin < payoff.length; bin++) {
      payoff[bin] = 1 - share + (bin == lifted ? share / reference.probability(bin) : 0);
    }
    add(payoff, tolerance.lifted(lifted, share));
  }

  private void add(double[] payoff, double divisor) {
    for (int bin = 0; bin < payoff.length; bin++) {
      payoff[bin] /= divisor;
    }
    payoffs.add(payoff);
  }
}
