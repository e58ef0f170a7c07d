package io.evenkeel.rollout;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A bet on one kind of event, whose counts are kept for people. Not thread-safe. */
abstract sealed class TalliedBet implements Bet permits ShareBet, RateBet {
  private final OddsBet bet;
  private final Tally tally = new Tally();

  TalliedBet(OddsBet bet) {
    this.bet = bet;
  }

  /** What is bet on. */
  final OddsBet bet() {
    return bet;
  }

  /** What is counted. */
  final Tally tally() {
    return tally;
  }

  @Override
  public final double logEvidence() {
    return bet.wealth().log();
  }

  @Override
  public final boolean mayReach(double logEvidence) {
    return bet.wealth().mayReach(logEvidence);
  }

  @Override
  public final void beginStep() {
    bet.wealth().beginStep();
  }

  @Override
  public final ByArm counted() {
    return tally.get();
  }

  @Override
  public String words() {
    return tally.get().words();
  }

  @Override
  public final Map<String, Object> save() {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put("bet", bet.save());
    saved.put("tally", tally.save());
    return saved;
  }

  @Override
  public final void load(JsonNode saved) {
    bet.load(saved.get("bet"));
    tally.load(saved.get("tally"));
  }
}
