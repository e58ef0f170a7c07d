package io.evenkeel.rollout;

import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Counts at most so many requests of a key in each minute of the clock. Keys that share a place of
 * the table share their number, and lose requests by it. Not thread-safe.
 */
final class SomePerMinute implements Thinning {
  private static final int PLACES = 1 << 14;
  private static final int COUNT_BITS = 20;

  private final int most;

  /** The minute, and below it how many were counted. */
  private final long[] places = new long[PLACES];

  SomePerMinute(int most) {
    this.most = most;
  }

  @Override
  public Standing note(long key, Instant now) {
    int at = (int) Mix.mix(key) & PLACES - 1;
    long minute = now.getEpochSecond() / 60;
    long count = places[at] >> COUNT_BITS == minute ? places[at] & (1L << COUNT_BITS) - 1 : 0;
    if (count >= most) {
      return Standing.REPEATED;
    }
    places[at] = minute << COUNT_BITS | count + 1;
    return Standing.NEW;
  }

  @Override
  public void beginStep() {}

  /** Nothing: a minute is over sooner than a server is back. */
  @Override
  public Map<String, Object> save() {
    return Map.of();
  }

  @Override
  public void load(JsonNode saved) {}
}
