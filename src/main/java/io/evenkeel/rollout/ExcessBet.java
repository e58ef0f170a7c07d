package io.evenkeel.rollout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import tools.jackson.databind.JsonNode;

/**
 * Whether the canary's values (latencies, losses) are more than r times stable's. A request of
 * stable's is high above t, one of the canary's above r t, where t is a quantile of stable's values
 * before it. If the canary's values are at most r times as large in distribution, its requests are
 * high no more often than stable's, whatever t is; so the arm of a high request is bet on as {@link
 * ShareBet} does. Only what t is before the request matters for that, not how well it is estimated:
 * heavy tails, ties and a course over the day do no harm.
 *
 * <p>One bet for each quantile, so that both a slow bulk and a slow tail are found; the evidence is
 * their average. Not thread-safe.
 */
final class ExcessBet implements Bet {
  private final double ratio;
  private final DoubleFunction<String> unit;
  private final List<Level> levels = new ArrayList<>();

  /**
   * @param quantiles of stable's values
   * @param unit how a value is written
   */
  ExcessBet(double ratio, List<Double> quantiles, int steps, DoubleFunction<String> unit) {
    this.ratio = ratio;
    this.unit = unit;
    quantiles.forEach(share -> levels.add(new Level(share, steps)));
  }

  /** The bet on one quantile. The canary's own quantile is for people only. */
  private final class Level {
    final RunningQuantile stable;
    final RunningQuantile canary;
    final OddsBet bet;
    final Tally tally = new Tally();

    Level(double share, int steps) {
      stable = new RunningQuantile(share);
      canary = new RunningQuantile(share);
      bet = new OddsBet(1, steps);
    }

    void observe(double pi, Arm arm, double value) {
      boolean isCanary = arm == Arm.CANARY;
      if (stable.isKnown()) {
        boolean high = value > (isCanary ? ratio : 1) * stable.value();
        tally.add(arm, high);
        if (high) {
          bet.observe(pi, isCanary);
        }
      }
      (isCanary ? canary : stable).add(value);
    }
  }

  /**
   * @param pi the probability with which the split gave this request to the canary
   * @param value from 0
   */
  void observe(double pi, Arm arm, double value) {
    for (Level level : levels) {
      level.observe(pi, arm, value);
    }
  }

  @Override
  public double logEvidence() {
    double most = levels.getFirst().bet.wealth().log();
    for (Level level : levels) {
      most = Math.max(most, level.bet.wealth().log());
    }
    double sum = 0;
    for (Level level : levels) {
      sum += Math.exp(level.bet.wealth().log() - most);
    }
    return most + Math.log(sum / levels.size());
  }

  @Override
  public boolean mayReach(double logEvidence) {
    for (Level level : levels) {
      if (level.bet.wealth().mayReach(logEvidence)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void beginStep() {
    levels.forEach(level -> level.bet.wealth().beginStep());
  }

  /** Those of the quantile with the most evidence. */
  @Override
  public ByArm counted() {
    return telling().tally.get();
  }

  private Level telling() {
    Level telling = levels.getFirst();
    for (Level level : levels) {
      if (level.bet.wealth().log() > telling.bet.wealth().log()) {
        telling = level;
      }
    }
    return telling;
  }

  @Override
  public String words() {
    Level level = telling();
    String quantile = "p" + Words.plain(100 * level.stable.share(), 4);
    if (!level.stable.isKnown()) {
      return "too few to know stable's " + quantile;
    }
    return level.tally.get().words()
        + " above stable's "
        + quantile
        + " of "
        + unit.apply(level.stable.value())
        + " (the canary's times "
        + Words.plain(ratio, 4)
        + (level.canary.isKnown() ? "; its own is " + unit.apply(level.canary.value()) : "")
        + ")";
  }

  @Override
  public Map<String, Object> save() {
    List<Object> saved = new ArrayList<>();
    for (Level level : levels) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("stable", level.stable.save());
      one.put("canary", level.canary.save());
      one.put("bet", level.bet.save());
      one.put("tally", level.tally.save());
      saved.add(one);
    }
    return Map.of("levels", saved);
  }

  @Override
  public void load(JsonNode saved) {
    for (int i = 0; i < levels.size(); i++) {
      JsonNode one = saved.get("levels").get(i);
      levels.get(i).stable.load(one.get("stable"));
      levels.get(i).canary.load(one.get("canary"));
      levels.get(i).bet.load(one.get("bet"));
      levels.get(i).tally.load(one.get("tally"));
    }
  }
}
