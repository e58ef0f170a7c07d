package io.evenkeel.rollout;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A bet with the capital that is evidence enough. Once that was reached it stays reached: the
 * stated rate is for evidence that is ever enough, and nobody might look at that very moment. Not
 * thread-safe.
 */
final class Detector {
  private final String name;
  private final Bet bet;
  private final double needed;
  private final double logNeeded;
  private @Nullable Instant since;

  Detector(String name, Bet bet, double needed) {
    this.name = name;
    this.bet = bet;
    this.needed = needed;
    this.logNeeded = Math.log(needed);
  }

  /** Looks whether the evidence is enough. */
  void look(Instant now) {
    if (since == null && bet.mayReach(logNeeded) && bet.logEvidence() >= logNeeded) {
      since = now;
    }
  }

  void beginStep() {
    bet.beginStep();
  }

  Evidence evidence() {
    return new Evidence(name, bet.counted(), bet.words(), bet.logEvidence(), needed, since);
  }

  boolean isEnough() {
    return since != null;
  }

  /**
   * Whether it is so much that the canary shouldn't get more traffic: the root of what is needed.
   */
  boolean isDoubtful() {
    return isEnough() || bet.logEvidence() >= logNeeded / 2;
  }

  String name() {
    return name;
  }

  Map<String, @Nullable Object> save() {
    Map<String, @Nullable Object> saved = new LinkedHashMap<>();
    saved.put("since", since == null ? null : since.toString());
    saved.put("bet", bet.save());
    return saved;
  }

  void load(JsonNode saved) {
    JsonNode when = saved.get("since");
    since = when.isNull() ? null : Instant.parse(when.stringValue());
    bet.load(saved.get("bet"));
  }
}
