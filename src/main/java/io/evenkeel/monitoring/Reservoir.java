package io.evenkeel.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * What is handed from the requests' threads to one that looks now and then: at most as much as the
 * rate allows, and if more comes between two looks, a random part of it, each item with the same
 * chance. Which item is taken next is drawn beforehand (K.-H. Li, "Reservoir-sampling algorithms of
 * time complexity O(n(1 + log(N/n)))", ACM TOMS 20 (1994), algorithm L), so that whoever offers an
 * item that isn't taken only counts it. What isn't used of the rate is saved for a burst.
 * Thread-safe; whoever offers waits for nobody but another whose item is taken too.
 *
 * @param <T> what is handed over
 */
public final class Reservoir<T> {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private final int largestBurst;
  private final RandomGenerator random;

  /** Items are numbered as they are offered. */
  private final AtomicLong offered = new AtomicLong();

  /** The number of the first item that may be taken. */
  private volatile long next;

  private List<T> taken = new ArrayList<>();

  /** Falls with each item that takes another one's place: {@code W} in the paper. */
  private double threshold;

  private double allowed;
  private long lastLook;
  private long allTaken;
  private long allDropped;

  /**
   * @param perSecond how many are taken a second, on average
   * @param largestBurst how many at once after a calm
   * @param random is asked by one thread at a time
   * @param nanos the time of the first look
   */
  public Reservoir(double perSecond, int largestBurst, RandomGenerator random, long nanos) {
    this.perSecond = perSecond;
    this.largestBurst = largestBurst;
    this.allowed = largestBurst;
    this.random = random;
    this.lastLook = nanos;
  }

  /** What was taken, in no order, and how much else was offered. */
  public record Look<T>(List<T> taken, long dropped) {}

  /**
   * Offers several items.
   *
   * @param item makes one that is taken, by its place from 0
   */
  public void offer(int count, IntFunction<T> item) {
    long first = offered.getAndAdd(count);
    if (first + count > next) {
      take(first, count, item);
    }
  }

  private synchronized void take(long first, int count, IntFunction<T> item) {
    long end = first + count;
    for (long number = Math.max(first, next); number < end; number = Math.max(number + 1, next)) {
      T made = item.apply((int) (number - first));
      if (taken.size() < room()) {
        taken.add(made);
        allTaken++;
        if (taken.size() == room()) {
          threshold = 1;
          skipFrom(number);
        }
      } else {
        taken.set(random.nextInt(taken.size()), made);
        skipFrom(number);
      }
    }
  }

  private int room() {
    return (int) allowed;
  }

  private void skipFrom(long number) {
    threshold *= Math.exp(Math.log(1 - random.nextDouble()) / room());
    double skipped = Math.floor(Math.log(1 - random.nextDouble()) / Math.log1p(-threshold));
    next = number + 1 + (long) Math.min(skipped, Long.MAX_VALUE / 2.0);
  }

  /**
   * Empties it.
   *
   * @param nanos the time now, as at its making
   */
  public synchronized Look<T> look(long nanos) {
    allowed =
        Math.min(
            largestBurst,
            allowed - taken.size() + perSecond * (nanos - lastLook) / NANOS_PER_SECOND);
    lastLook = nanos;
    long begun = offered.get();
    next = room() > 0 ? begun : Long.MAX_VALUE;
    // One that is offered right now counts as dropped first, and is made up for if it is taken.
    long dropped = Math.max(0, begun - allTaken - allDropped);
    allDropped += dropped;
    Look<T> look = new Look<>(taken, dropped);
    taken = new ArrayList<>();
    return look;
  }
}
