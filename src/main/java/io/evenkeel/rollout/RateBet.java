package io.evenkeel.rollout;

/**
 * Whether more than a stated share of comparisons disagree: bets on a coin whose probability is at
 * most the limit, given the past. Compare Waudby-Smith and Ramdas, <i>Estimating means of bounded
 * random variables by betting</i> (JRSS B 86, 2024). Not thread-safe.
 */
final class RateBet extends TalliedBet {
  private final double limit;

  RateBet(double limit, int steps) {
    super(new OddsBet(1, steps));
    this.limit = limit;
  }

  void observe(boolean disagrees) {
    tally().add(Arm.CANARY, disagrees);
    bet().observe(limit, disagrees);
  }

  @Override
  public String words() {
    return super.words() + ", at most " + Words.percent(limit) + " allowed";
  }
}
