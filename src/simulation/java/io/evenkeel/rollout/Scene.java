package io.evenkeel.rollout;

import io.evenkeel.rollout.Playing.Ending;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A world in which many rollouts are played.
 *
 * @param number apart from other scenes: seeds depend on it
 * @param rollouts how many are played for the page
 * @param held how many of them each build plays again
 */
record Scene(int number, World world, RolloutPlan plan, int rollouts, int held) {
  private static final long SEEDS = 1_000_000;

  /** The first rollouts, always the same ones. */
  List<Ending> play(int count) {
    return IntStream.range(0, count).parallel().mapToObj(i -> playing(i).play()).toList();
  }

  Playing playing(int i) {
    return new Playing(world, plan, number * SEEDS + i);
  }

  /** What tells whether the held ones come out as before: all their requests. */
  long fingerprint(List<Ending> endings) {
    return endings.stream().limit(held).mapToLong(Ending::requests).sum();
  }
}
