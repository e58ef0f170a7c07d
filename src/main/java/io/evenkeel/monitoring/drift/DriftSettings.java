package io.evenkeel.monitoring.drift;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a monitor is told, immutable.
 *
 * @param inform the mean number of rows to a false alarm is at least this: 5000 or more is usual
 * @param act the same for the second threshold, above which the service may act by itself
 * @param assurance the share of references, in each direction of drift that is bet on, whose error
 *     the tolerance covers; above 0.5 and below 1
 * @param insignificance a change is no drift while it makes no bin more likely than 1 plus this; 0
 *     lets the reference's size alone decide
 * @param memory after how many rows a row counts about a third in what is expected next
 * @param budget the groups' shares of the alarm budget; groups without streams give theirs to the
 *     others
 */
public record DriftSettings(
    double inform,
    double act,
    double assurance,
    double insignificance,
    int memory,
    Map<DriftGroup, Double> budget) {

  public DriftSettings {
    require(inform > 1 && act > inform && act <= 1e100, "1 < inform < act <= 1e100", inform, act);
    require(assurance > 0.5 && assurance < 1, "0.5 < assurance < 1", assurance);
    require(insignificance >= 0 && insignificance <= 1, "0 <= insignificance <= 1", insignificance);
    require(memory >= 10 && memory <= 1_000_000, "10 <= memory <= 1000000", memory);
    EnumMap<DriftGroup, Double> copy = new EnumMap<>(DriftGroup.class);
    copy.putAll(budget);
    double sum = 0;
    for (double share : copy.values()) {
      require(share > 0 && share <= 1, "each share of the budget > 0", share);
      sum += share;
    }
    require(Math.abs(sum - 1) < 1e-9, "shares of the budget that add up to 1", sum);
    require(copy.size() == DriftGroup.values().length, "a share for each group", copy.size());
    budget = Map.copyOf(copy);
  }

  /** What docs/drift.md recommends: a false alarm in a million rows at most, on average. */
  public static DriftSettings standard() {
    return new DriftSettings(
        1e6,
        1e9,
        0.97,
        0,
        1000,
        Map.of(
            DriftGroup.INPUTS, 0.5,
            DriftGroup.PREDICTIONS, 0.15,
            DriftGroup.CONFIDENCE, 0.1,
            DriftGroup.VIOLATIONS, 0.1,
            DriftGroup.GAPS, 0.15));
  }

  /** The same with other thresholds. */
  public DriftSettings withThresholds(double inform, double act) {
    return new DriftSettings(inform, act, assurance, insignificance, memory, budget);
  }

  /** A group's share of the alarm budget. */
  double share(DriftGroup group) {
    return budget.getOrDefault(group, 0.0);
  }

  private static void require(boolean kept, String rule, Object... values) {
    if (!kept) {
      throw new IllegalArgumentException("needs " + rule + ", got " + List.of(values));
    }
  }
}
