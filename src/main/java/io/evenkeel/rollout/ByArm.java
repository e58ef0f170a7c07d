package io.evenkeel.rollout;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was counted in each arm, and how much of it was bad in the detector's sense. Of paired
 * comparisons all stand under the canary.
 */
public record ByArm(long canary, long canaryBad, long stable, long stableBad) {
  /** The canary's share of bad ones; null where nothing was counted. */
  public @Nullable Double canaryShare() {
    return canary == 0 ? null : (double) canaryBad / canary;
  }

  /** Stable's share of bad ones; null where nothing was counted. */
  public @Nullable Double stableShare() {
    return stable == 0 ? null : (double) stableBad / stable;
  }

  /** {@code 41 of 800 (5.1 %) against 90 of 15,200 (0.59 %)}. */
  String words() {
    return stable == 0 && stableBad == 0
        ? share(canaryBad, canary)
        : share(canaryBad, canary) + " against " + share(stableBad, stable);
  }

  private static String share(long bad, long all) {
    return Words.count(bad)
        + " of "
        + Words.count(all)
        + (all == 0 ? "" : " (" + Words.percent((double) bad / all) + ")");
  }

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("canary", arm(canary, canaryBad, canaryShare()));
    json.put("stable", arm(stable, stableBad, stableShare()));
    return json;
  }

  private static Map<String, @Nullable Object> arm(long all, long bad, @Nullable Double share) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("counted", all);
    json.put("bad", bad);
    json.put("share", share);
    return json;
  }
}
