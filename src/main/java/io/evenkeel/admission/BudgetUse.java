package io.evenkeel.admission;

/**
 * How much of their budget the slowest of the single requests use up, and what that leaves for
 * those who are the first to be refused. The 99th percentile is followed by stochastic
 * approximation (Robbins and Monro, 1951). Updates may get lost between threads, which does an
 * estimate no harm.
 */
final class BudgetUse {
  private static final double QUANTILE = 0.99;
  private static final double STEP = 0.02;

  /** Up to here the latency is none of anybody's business. */
  private static final double COMFORTABLE = 0.5;

  private volatile double slowest;

  /**
   * @param use the share of the budget that was gone when a request's run was over
   */
  void observe(double use) {
    double known = slowest;
    double next = use > known ? known + STEP * QUANTILE : known - STEP * (1 - QUANTILE);
    slowest = Math.clamp(next, 0, 1.5);
  }

  /** From half the room while latencies are comfortable down to none as they reach the budget. */
  double sheddableShare() {
    double discomfort = Math.clamp((slowest - COMFORTABLE) / (1 - COMFORTABLE), 0, 1);
    return Priority.SHEDDABLE.shareOfRoom() * (1 - discomfort);
  }
}
