package io.evenkeel.rollout;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Bets that an event has higher odds than it should: with base probability p and ratio r, that its
 * probability is above {@code p0 = p r / (p r + 1 - p)}.
 *
 * <p>Component j holds the odds to be {@code theta_j} times those of p0, and so expects {@code q_j
 * > p0}. Its factor is {@code q_j / p0} if the event happens, else {@code (1 - q_j) / (1 - p0)}.
 * For a true probability of at most p0 the factor's expectation is at most 1, because the factor is
 * the larger one when the event happens. A mixture over a fixed grid of odds needs no estimate, and
 * loses to the best of its components no more than the logarithm of their number. Unlike a
 * probability, an odds ratio stays the same when the share of the traffic changes.
 *
 * <p>Not thread-safe.
 */
final class OddsBet {
  private static final double[] THETAS = {1.15, 1.4, 2, 3, 6, 15, 50};

  private final double ratio;
  private final Wealth wealth;
  private final double[] whenHappened = new double[THETAS.length];
  private final double[] whenNot = new double[THETAS.length];
  private double computedFor = Double.NaN;

  OddsBet(double ratio, int steps) {
    this.ratio = ratio;
    this.wealth = Wealth.ofEqual(THETAS.length, steps);
  }

  /** A probability whose odds are so many times those of p. */
  static double lift(double p, double odds) {
    return p * odds / (p * odds + 1 - p);
  }

  /**
   * @param p the base probability, above 0 and below 1
   */
  void observe(double p, boolean happened) {
    if (p != computedFor) {
      compute(p);
    }
    wealth.multiply(happened ? whenHappened : whenNot);
  }

  private void compute(double p) {
    double highest = lift(p, ratio);
    for (int j = 0; j < THETAS.length; j++) {
      double expected = lift(p, ratio * THETAS[j]);
      whenHappened[j] = Math.log(expected / highest);
      whenNot[j] = Math.log((1 - expected) / (1 - highest));
    }
    computedFor = p;
  }

  Wealth wealth() {
    return wealth;
  }

  Map<String, Object> save() {
    return wealth.save();
  }

  void load(JsonNode saved) {
    wealth.load(saved);
  }
}
