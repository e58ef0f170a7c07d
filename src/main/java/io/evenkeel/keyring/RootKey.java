package io.evenkeel.keyring;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A secret of 256 bits from which the keys for single purposes are derived. It is used for nothing
 * else. Immutable; never printed.
 */
public final class RootKey {
  /** How many bytes a secret has. */
  public static final int BYTES = 32;

  /** What an id looks like. */
  static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,31}");

  private final String id;
  private final byte[] secret;

  /**
   * @param id 1 to 32 letters, digits, points, dashes and underscores; it stands beside all that is
   *     sealed, so it must say nothing secret and never be used again for another key
   * @param secret 32 bytes from a good source of chance; copied
   */
  public RootKey(String id, byte[] secret) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("a key's id is 1 to 32 of A-Z a-z 0-9 . _ -");
    }
    if (secret.length != BYTES) {
      throw new IllegalArgumentException(
          "key `" + id + "` has " + secret.length + " bytes; it must have " + BYTES);
    }
    this.id = id;
    this.secret = Arrays.copyOf(secret, secret.length);
  }

  public String id() {
    return id;
  }

  /** The array itself: not to leave this package, and not to be changed. */
  byte[] secret() {
    return secret;
  }

  boolean isSameAs(RootKey other) {
    return id.equals(other.id) && Arrays.equals(secret, other.secret);
  }

  @Override
  public String toString() {
    return "key " + id;
  }
}
