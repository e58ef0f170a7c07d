package io.evenkeel.routing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Where a routing key falls among a model's requests: the first four bytes of the SHA-256 of {@code
 * MODEL/KEY} in UTF-8, as an unsigned number, the most significant byte first. A request goes to
 * the canary where its point is below the canary's share of 2^32, so a share that grows moves keys
 * towards the canary only. docs/routing.md tells it to clients, with test vectors.
 */
final class RoutingPoint {
  private RoutingPoint() {}

  /** From 0 to 2^32 - 1. */
  static long of(String model, String key) {
    MessageDigest digest = sha256();
    digest.update(model.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '/');
    byte[] hash = digest.digest(key.getBytes(StandardCharsets.UTF_8));
    return Integer.toUnsignedLong(ByteBuffer.wrap(hash).getInt());
  }

  /**
   * Where a key falls for the shadow: the same of {@code shadow:MODEL/KEY}, so that copies aren't
   * taken of just those callers whom a canary of the same share answers.
   */
  static long ofShadow(String model, String key) {
    return of("shadow:" + model, key);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
