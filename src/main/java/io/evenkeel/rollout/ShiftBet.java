package io.evenkeel.rollout;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Whether the canary's scores (confidences; values of a regression) are distributed otherwise than
 * stable's, in either direction. The scores are put into bins whose edges come from stable's first
 * ones. Given the bin, the arm is bet on: under equality {@code P(canary | bin) = pi}. With a
 * tolerance e, a bin may have up to 1 + e times the odds, or as much less: an expected probability
 * q above that range is bet on against the range's upper end, one below against the lower end, and
 * one within not at all. So no factor's expectation exceeds 1 as long as the true probability lies
 * in the range.
 *
 * <p>Which bins are expected to have more or less: tilts, {@code exp(s z)} with z the bin's place
 * from -1 to 1, for scores that went up or down; {@code exp(s (2 z z - 1))} for such that went to
 * the ends or the middle; and what was counted so far, smoothed, for everything else. All of them
 * know only the past. A few shapes find what usually happens sooner than an independent estimate
 * for each bin. Not thread-safe.
 */
final class ShiftBet implements Bet {
  private static final double[] TILTS = {-3, -1.5, -0.75, -0.35, 0.35, 0.75, 1.5, 3};
  private static final double[] BENDS = {-1.5, -0.6, 0.6, 1.5};
  private static final int SHAPES = TILTS.length + BENDS.length;
  private static final double SMOOTHING = 30;

  private final double tolerance;
  private final Bins bins = new Bins();
  private final Wealth wealth;
  private final double[] factors = new double[SHAPES + 1];
  private final double[] sums = new double[2];
  private final Tally tally = new Tally();
  private long[] canary = {};
  private long[] stable = {};
  private double[][] shapes = {};
  private long counted;
  private long reshapeAt;

  ShiftBet(double tolerance, int steps) {
    this.tolerance = tolerance;
    double[] priors = new double[SHAPES + 1];
    for (int j = 0; j < SHAPES; j++) {
      priors[j] = (j < TILTS.length ? 0.5 : 0.25) / (j < TILTS.length ? TILTS : BENDS).length;
    }
    priors[SHAPES] = 0.25;
    this.wealth = new Wealth(priors, steps);
  }

  /**
   * @param pi the probability with which the split gave this request to the canary
   * @param score finite
   */
  void observe(double pi, Arm arm, double score) {
    tally.add(arm, false);
    sums[at(arm)] += score;
    if (!bins.areKnown()) {
      if (arm == Arm.STABLE) {
        bins.add(score);
        canary = new long[bins.count()];
        stable = new long[bins.count()];
      }
      return;
    }
    if (counted >= reshapeAt) {
      reshape();
    }
    int bin = bins.of(score);
    bet(pi, arm == Arm.CANARY, bin);
    (arm == Arm.CANARY ? canary : stable)[bin]++;
    counted++;
  }

  /** What the shapes expect, by what is known of the bins so far; seldom, because it is dear. */
  private void reshape() {
    int count = bins.count();
    double[] masses = new double[count];
    double below = 0;
    double[] places = new double[count];
    for (int b = 0; b < count; b++) {
      masses[b] = (canary[b] + stable[b] + 1.0) / (counted + count);
      places[b] = 2 * (below + masses[b] / 2) - 1;
      below += masses[b];
    }
    shapes = new double[SHAPES][count];
    for (int j = 0; j < SHAPES; j++) {
      double sum = 0;
      for (int b = 0; b < count; b++) {
        double place = j < TILTS.length ? places[b] : 2 * places[b] * places[b] - 1;
        double strength = j < TILTS.length ? TILTS[j] : BENDS[j - TILTS.length];
        shapes[j][b] = Math.exp(strength * place);
        sum += masses[b] * shapes[j][b];
      }
      for (int b = 0; b < count; b++) {
        shapes[j][b] /= sum;
      }
    }
    reshapeAt = counted + Math.max(1, counted / 50);
  }

  private void bet(double pi, boolean isCanary, int bin) {
    double high = OddsBet.lift(pi, 1 + tolerance);
    double low = OddsBet.lift(pi, 1 / (1 + tolerance));
    for (int j = 0; j < SHAPES; j++) {
      factors[j] = logFactor(OddsBet.lift(pi, shapes[j][bin]), low, high, isCanary);
    }
    factors[SHAPES] = logFactor(OddsBet.lift(pi, countedOdds(bin)), low, high, isCanary);
    wealth.multiply(factors);
  }

  private static double logFactor(double expected, double low, double high, boolean isCanary) {
    double limit = Math.min(Math.max(expected, low), high);
    return limit == expected
        ? 0
        : Math.log(isCanary ? expected / limit : (1 - expected) / (1 - limit));
  }

  /** How many times as often the canary fell into a bin, both smoothed towards what both did. */
  private double countedOdds(int bin) {
    long ofCanary = tallied(canary);
    long ofStable = counted - ofCanary;
    double pooled = SMOOTHING * (canary[bin] + stable[bin] + 1.0) / (counted + bins.count());
    return (canary[bin] + pooled)
        / (ofCanary + SMOOTHING)
        / ((stable[bin] + pooled) / (ofStable + SMOOTHING));
  }

  private static long tallied(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  @Override
  public double logEvidence() {
    return wealth.log();
  }

  @Override
  public boolean mayReach(double logEvidence) {
    return wealth.mayReach(logEvidence);
  }

  @Override
  public void beginStep() {
    wealth.beginStep();
  }

  @Override
  public ByArm counted() {
    return tally.get();
  }

  @Override
  public String words() {
    ByArm all = tally.get();
    return "a mean of "
        + mean(Arm.CANARY, all.canary())
        + " over "
        + Words.count(all.canary())
        + " against "
        + mean(Arm.STABLE, all.stable())
        + " over "
        + Words.count(all.stable());
  }

  private static int at(Arm arm) {
    return arm == Arm.CANARY ? 0 : 1;
  }

  private String mean(Arm arm, long count) {
    return count == 0 ? "nothing" : Words.plain(sums[at(arm)] / count, 3);
  }

  @Override
  public Map<String, Object> save() {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put("bins", bins.save());
    saved.put("wealth", wealth.save());
    saved.put("canary", canary.clone());
    saved.put("stable", stable.clone());
    saved.put("means", sums.clone());
    saved.put("tally", tally.save());
    saved.put("shapes", shapes.clone());
    saved.put("reshapeAt", reshapeAt);
    return saved;
  }

  @Override
  public void load(JsonNode saved) {
    bins.load(saved.get("bins"));
    wealth.load(saved.get("wealth"));
    Json.copyDoubles(saved.get("means"), sums);
    tally.load(saved.get("tally"));
    canary = new long[saved.get("canary").size()];
    stable = new long[saved.get("stable").size()];
    Json.copyLongs(saved.get("canary"), canary);
    Json.copyLongs(saved.get("stable"), stable);
    counted = tallied(canary) + tallied(stable);
    JsonNode savedShapes = saved.get("shapes");
    shapes = new double[savedShapes.size()][bins.count()];
    for (int j = 0; j < shapes.length; j++) {
      Json.copyDoubles(savedShapes.get(j), shapes[j]);
    }
    reshapeAt = saved.get("reshapeAt").longValue();
  }
}
