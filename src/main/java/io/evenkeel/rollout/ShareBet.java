package io.evenkeel.rollout;

/**
 * Whether more of the canary's requests are bad than {@code r (p + a)}, where p is stable's share
 * of bad ones at the same time, r the ratio and a the allowance.
 *
 * <p>The bet is on the arm of a bad request. The split gives it to the canary with the probability
 * pi, whatever the request is; so if the canary's requests go wrong at most r times as often,
 * {@code P(canary | bad) <= pi r / (pi r + 1 - pi)}. Neither p nor its course over the day appears
 * in that: a bad hour is bad for both. This is the conditional test of two Bernoulli streams;
 * compare Lindon and Malek, <i>Anytime-valid inference for multinomial count data</i> (NeurIPS
 * 2022), and Turner, Ly and Grünwald, <i>Generic E-variables for exact sequential k-sample
 * tests</i> (JSPI 230, 2024), who bet on the outcome within blocks of fixed sizes.
 *
 * <p>The allowance is exact too: one in 1/a of stable's good requests, chosen by a hash that knows
 * nothing of the request, counts as bad in the bet. Then stable's share is p + a - p a. The counts
 * that people see are the true ones.
 *
 * <p>Good requests are not bet on: what is the highest odds for them depends on p. Not thread-safe.
 */
final class ShareBet extends TalliedBet {
  private final double allowance;

  ShareBet(double ratio, double allowance, int steps) {
    super(new OddsBet(ratio, steps));
    this.allowance = allowance;
  }

  /**
   * @param pi the probability with which the split gave this request to the canary
   * @param chance a number from 0 to below 1 that depends on neither the arm nor what was observed
   */
  void observe(double pi, Arm arm, boolean bad, double chance) {
    tally().add(arm, bad);
    if (bad || (arm == Arm.STABLE && chance < allowance)) {
      bet().observe(pi, arm == Arm.CANARY);
    }
  }
}
