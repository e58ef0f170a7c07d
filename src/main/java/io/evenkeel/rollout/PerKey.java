package io.evenkeel.rollout;

/**
 * How many requests of one routing key are counted.
 *
 * @param perMinute 0 for one in each step
 */
public record PerKey(int perMinute) {
  /** One in each step: with it the false-rollback rate holds whatever callers do. */
  public static final PerKey ONCE = new PerKey(0);

  private static final int MOST = 1_000_000;

  public PerKey {
    if (perMinute < 0 || perMinute > MOST) {
      throw new IllegalArgumentException("perKey is from 1/m to " + MOST + "/m, or `once`");
    }
  }

  boolean isOnce() {
    return perMinute == 0;
  }

  /** As a plan writes it: {@code once}, or {@code 10/m}. */
  @Override
  public String toString() {
    return isOnce() ? "once" : perMinute + "/m";
  }
}
