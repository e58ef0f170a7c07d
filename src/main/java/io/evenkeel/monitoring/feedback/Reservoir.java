package io.evenkeel.monitoring.feedback;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * What is handed over between two looks: at most as much as the rate allows, and if more comes, a
 * random part of it, each item with the same chance (J. S. Vitter, "Random sampling with a
 * reservoir", ACM TOMS 11 (1985), algorithm R). What isn't used of the rate is saved for a burst.
 * Thread-safe; whoever offers never waits but for another who offers.
 *
 * @param <T> what is handed over
 */
final class Reservoir<T> {
  /** How many a burst may have after a calm. */
  static final int LARGEST_BURST = 10_000;

  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private final RandomGenerator random;
  private List<T> taken = new ArrayList<>();
  private long offered;
  private double allowed = LARGEST_BURST;
  private long lastLook;

  /**
   * @param perSecond how many are taken a second, on average
   * @param nanos the time of the first look
   */
  Reservoir(double perSecond, RandomGenerator random, long nanos) {
    this.perSecond = perSecond;
    this.random = random;
    this.lastLook = nanos;
  }

  /** What was taken, and how much else was offered. */
  record Look<T>(List<T> taken, long dropped) {}

  /**
   * Offers several items.
   *
   * @param item makes one that is taken, by its place from 0
   */
  synchronized void offer(int count, IntFunction<T> item) {
    int room = (int) allowed;
    for (int i = 0; i < count; i++) {
      offered++;
      if (taken.size() < room) {
        taken.add(item.apply(i));
      } else if (room > 0) {
        long place = random.nextLong(offered);
        if (place < taken.size()) {
          taken.set((int) place, item.apply(i));
        }
      }
    }
  }

  /**
   * Empties it.
   *
   * @param nanos the time now, as at its making
   */
  synchronized Look<T> look(long nanos) {
    Look<T> look = new Look<>(taken, offered - taken.size());
    allowed =
        Math.min(
            LARGEST_BURST,
            allowed - taken.size() + perSecond * (nanos - lastLook) / NANOS_PER_SECOND);
    lastLook = nanos;
    offered = 0;
    taken = new ArrayList<>();
    return look;
  }
}
