package io.evenkeel.rollout;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Evidence against "the canary is no worse", in one respect. Not thread-safe. */
sealed interface Bet permits TalliedBet, ExcessBet, ShiftBet {
  /** The natural logarithm of what a stake of 1 has become. */
  double logEvidence();

  /** Whether the evidence can have reached this: cheap, and false only if it hasn't. */
  boolean mayReach(double logEvidence);

  /** The rollout's next step begins. */
  void beginStep();

  /** What was counted. */
  ByArm counted();

  /** The same in words. */
  String words();

  Map<String, Object> save();

  void load(JsonNode saved);
}
