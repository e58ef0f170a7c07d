package io.evenkeel.routing;

import io.evenkeel.contract.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The SHA-256 of {@code MODEL/KEY} in UTF-8, as far as routing uses it. Its first four bytes, as an
 * unsigned number, the most significant byte first, are the key's point: a request goes to the
 * canary where that is below the canary's share of 2^32, so a share that grows moves keys towards
 * the canary only. docs/routing.md tells it to clients, with test vectors.
 *
 * @param point from 0 to 2^32 - 1
 * @param key the eight bytes after it, which tell keys apart and say nothing of the point
 */
public record RoutingHash(long point, long key) {
  /** How many points there are. */
  static final long POINTS = 1L << 32;

  /** Where a routing key falls among a model's requests. */
  public static RoutingHash of(String model, String key) {
    MessageDigest digest = Sha256.begin();
    digest.update(model.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '/');
    ByteBuffer hash = ByteBuffer.wrap(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
    return new RoutingHash(Integer.toUnsignedLong(hash.getInt()), hash.getLong());
  }

  /**
   * Where a key falls for the shadow: the same of {@code shadow:MODEL/KEY}, so that copies aren't
   * taken of just those callers whom a canary of the same share answers.
   */
  static RoutingHash ofShadow(String model, String key) {
    return of("shadow:" + model, key);
  }

  /** The point as a part of all points, from 0 to below 1. */
  public double position() {
    return (double) point / POINTS;
  }
}
