package io.evenkeel.rollout;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a stake of 1 has become by betting against "the canary is no worse".
 *
 * <p>Each component j plays one strategy: its factor for an observation has an expectation of at
 * most 1 under that hypothesis, given the past. So its capital is a nonnegative supermartingale,
 * and so is each weighted average of such capitals. By Ville's inequality (1939) the average ever
 * reaches 1/a with a probability of at most a, however often one looks and whenever one stops. See
 * Shafer, <i>Testing by betting</i> (JRSS A 184, 2021); Ramdas, Grünwald, Vovk and Shafer,
 * <i>Game-theoretic statistics and safe anytime-valid inference</i> (Statistical Science 38, 2023);
 * Grünwald, de Heide and Koolen, <i>Safe testing</i> (JRSS B 86, 2024).
 *
 * <p>Half of the stake is played from the start. The other half is kept, and each later step of the
 * rollout begins with an equal part of it. Otherwise what a canary did well for long would excuse
 * what it does afterwards: capital that was lost has to be won back first. A pot needs no capitals
 * of its own: it has what the components won since the pot began.
 *
 * <p>In log space, constant memory. Not thread-safe.
 */
final class Wealth {
  private final double[] logPriors;
  private final double[] logStakes;

  /** The logarithm of each component's product of factors. */
  private final double[] sums;

  /** For each pot what the sums were when it began. */
  private final double[][] beginnings;

  private int begun = 1;

  /**
   * @param priors of the components; they sum to 1
   * @param steps how many steps the rollout has
   */
  Wealth(double[] priors, int steps) {
    this.logPriors = Arrays.stream(priors).map(Math::log).toArray();
    this.logStakes = new double[steps];
    Arrays.fill(logStakes, steps == 1 ? 0 : -Math.log(2 * (steps - 1.0)));
    logStakes[0] = steps == 1 ? 0 : -Math.log(2);
    this.sums = new double[priors.length];
    this.beginnings = new double[steps][priors.length];
  }

  /** Equal priors. */
  static Wealth ofEqual(int components, int steps) {
    double[] priors = new double[components];
    Arrays.fill(priors, 1.0 / components);
    return new Wealth(priors, steps);
  }

  /** Multiplies each component by its factor. */
  void multiply(double[] logFactors) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += logFactors[j];
    }
  }

  /** The next step begins: its pot is played too. */
  void beginStep() {
    if (begun < beginnings.length) {
      beginnings[begun++] = sums.clone();
    }
  }

  /** The natural logarithm of the whole capital. */
  double log() {
    double most = begun < logStakes.length ? 0 : Double.NEGATIVE_INFINITY;
    for (int pot = 0; pot < begun; pot++) {
      for (int j = 0; j < sums.length; j++) {
        most = Math.max(most, sums[j] - beginnings[pot][j]);
      }
    }
    double capital = 0;
    for (int pot = 0; pot < begun; pot++) {
      for (int j = 0; j < sums.length; j++) {
        double log = logStakes[pot] + logPriors[j] + sums[j] - beginnings[pot][j];
        capital += Math.exp(log - most);
      }
    }
    for (int pot = begun; pot < logStakes.length; pot++) {
      capital += Math.exp(logStakes[pot] - most);
    }
    return most + Math.log(capital);
  }

  /** Whether the capital can have reached this: cheap, and false only if it hasn't. */
  boolean mayReach(double logCapital) {
    for (int pot = 0; pot < begun; pot++) {
      for (int j = 0; j < sums.length; j++) {
        if (sums[j] - beginnings[pot][j] >= logCapital) {
          return true;
        }
      }
    }
    return logCapital <= 0;
  }

  Map<String, Object> save() {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put("sums", sums.clone());
    saved.put("beginnings", Arrays.copyOf(beginnings, begun));
    return saved;
  }

  void load(JsonNode saved) {
    Json.copyDoubles(saved.get("sums"), sums);
    JsonNode pots = saved.get("beginnings");
    begun = pots.size();
    for (int pot = 0; pot < begun; pot++) {
      Json.copyDoubles(pots.get(pot), beginnings[pot]);
    }
  }
}
