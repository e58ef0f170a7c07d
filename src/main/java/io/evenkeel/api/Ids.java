package io.evenkeel.api;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes ids for predictions: UUIDs of version 7 (RFC 9562), which sort by time. They are unique,
 * not secret.
 */
final class Ids {
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private Ids() {}

  static String next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (System.currentTimeMillis() << 16) | VERSION_7 | random.nextLong(1 << 12);
    long low = VARIANT | (random.nextLong() >>> 2);
    return new UUID(high, low).toString();
  }
}
