package io.evenkeel.routing.remediation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What it takes to divert a model to its fallback, and to return. The defaults are on the slow
 * side: a diversion that comes ten minutes late costs little, one that noise causes costs trust.
 *
 * @param enabled whether a drift signal may divert a model to its fallback; without it people are
 *     told, and what would have been done
 * @param effectFloor how large a change must be (population stability index) to divert
 * @param leastRows on how many rows a change must have been measured to count, and how many rows
 *     must have been seen to return
 * @param enoughRows on how many rows a change must have been measured to divert where no second
 *     detector sees one
 * @param notice how long all of that must hold without a break before a model is diverted
 * @param leastDiverted how long a model stays diverted at least, unless its fallback fails
 * @param calm how long no detector may say anything before a model returns
 * @param coolDown after a return: how long a model isn't diverted again
 * @param dailyCap how often a model may be diverted within 24 hours
 * @param longestGap how much of the time between two looks counts at most; the rest is taken for a
 *     pause, or a clock that was set
 */
@ConfigurationProperties("evenkeel.remediation")
public record RemediationPolicy(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("0.2") double effectFloor,
    @DefaultValue("200") long leastRows,
    @DefaultValue("5000") long enoughRows,
    @DefaultValue("10m") Duration notice,
    @DefaultValue("1h") Duration leastDiverted,
    @DefaultValue("30m") Duration calm,
    @DefaultValue("6h") Duration coolDown,
    @DefaultValue("2") int dailyCap,
    @DefaultValue("5m") Duration longestGap) {
  public RemediationPolicy {
    require(effectFloor > 0 && Double.isFinite(effectFloor), "effect-floor must be above 0");
    require(leastRows >= 1, "least-rows must be at least 1");
    require(enoughRows >= leastRows, "enough-rows must be at least least-rows");
    require(!notice.isNegative(), "notice must not be negative");
    require(!leastDiverted.isNegative(), "least-diverted must not be negative");
    require(!calm.isNegative() && !calm.isZero(), "calm must be above 0");
    require(!coolDown.isNegative(), "cool-down must not be negative");
    require(dailyCap >= 1, "daily-cap must be at least 1; to divert never, leave enabled false");
    require(!longestGap.isNegative() && !longestGap.isZero(), "longest-gap must be above 0");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("evenkeel.remediation." + otherwise);
    }
  }
}
