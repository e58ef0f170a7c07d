package io.evenkeel.cli.replay;

import org.jspecify.annotations.Nullable;

/**
 * The area under the ROC curve of a stream, as the probability that a row of the second class has a
 * greater score than one of the first (Mann and Whitney), ties counting half. Scores are counted in
 * steps of 1/1024 of their log-odds, so that the resolution is as fine near 0 and 1 as in between.
 */
final class RankSum {
  private static final int STEPS = 1024;
  private static final int FARTHEST = 16;

  private final long[] firsts = new long[2 * FARTHEST * STEPS + 1];
  private final long[] seconds = new long[firsts.length];

  void add(double probability, boolean second) {
    if (Double.isNaN(probability)) {
      return;
    }
    double odds = Math.log(probability / (1 - probability));
    int step = (int) Math.round((Math.clamp(odds, -FARTHEST, FARTHEST) + FARTHEST) * STEPS);
    (second ? seconds : firsts)[step]++;
  }

  /** Null where one of the classes never came. */
  @Nullable Double area() {
    double below = 0;
    double wins = 0;
    double count = 0;
    for (int i = 0; i < firsts.length; i++) {
      wins += seconds[i] * (below + firsts[i] / 2.0);
      below += firsts[i];
      count += seconds[i];
    }
    return below == 0 || count == 0 ? null : wins / below / count;
  }
}
