package io.evenkeel.rollout;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Whether more than a stated share of comparisons disagree: bets on a coin whose probability is at
 * most the limit, given the past. Compare Waudby-Smith and Ramdas, <i>Estimating means of bounded
 * random variables by betting</i> (JRSS B 86, 2024). Not thread-safe.
 */
final class RateBet implements Bet {
  private final double limit;
  private final OddsBet bet;
  private final Tally tally = new Tally();

  RateBet(double limit, int steps) {
    this.limit = limit;
    this.bet = new OddsBet(1, steps);
  }

  void observe(boolean disagrees) {
    tally.add(Arm.CANARY, disagrees);
    bet.observe(limit, disagrees);
  }

  @Override
  public double logEvidence() {
    return bet.wealth().log();
  }

  @Override
  public boolean mayReach(double logEvidence) {
    return bet.wealth().mayReach(logEvidence);
  }

  @Override
  public void beginStep() {
    bet.wealth().beginStep();
  }

  @Override
  public ByArm counted() {
    return tally.get();
  }

  @Override
  public String words() {
    return tally.get().words() + ", at most " + Words.percent(limit) + " allowed";
  }

  @Override
  public Map<String, Object> save() {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put("bet", bet.save());
    saved.put("tally", tally.save());
    return saved;
  }

  @Override
  public void load(JsonNode saved) {
    bet.load(saved.get("bet"));
    tally.load(saved.get("tally"));
  }
}
