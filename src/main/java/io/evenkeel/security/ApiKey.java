package io.evenkeel.security;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an API key: enough to know it again, not enough to use it.
 *
 * @param name of the caller; several keys may share it, so that one can follow another
 * @param prefix by which the key is found
 * @param salt random, in hexadecimal digits
 * @param hash of salt and secret, in hexadecimal digits
 * @param scopes what its holder may do
 * @param created when it was made
 * @param expires from when on it is no good; null for never
 * @param revoked from when on it is taken back, which may be later than now; null where it isn't
 */
public record ApiKey(
    String name,
    String prefix,
    String salt,
    String hash,
    List<String> scopes,
    Instant created,
    @Nullable Instant expires,
    @Nullable Instant revoked) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
  private static final Pattern PREFIX = Pattern.compile("[0-9a-z]{" + KeyText.PREFIX_LENGTH + "}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{" + 2 * KeyText.HASH_BYTES + "}");
  private static final Pattern SALT = Pattern.compile("[0-9a-f]{32,128}");

  public ApiKey {
    require(NAME, name, "name", "up to 64 letters, digits, `.`, `_`, `@` and `-`");
    require(PREFIX, prefix, "prefix", "8 digits and small letters");
    require(SALT, salt, "salt", "32 hexadecimal digits or more");
    require(HASH, hash, "hash", "64 hexadecimal digits");
    scopes = List.copyOf(scopes);
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("a key needs at least one scope");
    }
    Grants.of(scopes);
  }

  private static void require(Pattern form, String value, String member, String expected) {
    if (!form.matcher(value).matches()) {
      throw new IllegalArgumentException("`" + member + "` must be " + expected);
    }
  }

  /** What is kept of a new key. */
  static ApiKey of(
      KeyText text,
      String name,
      byte[] salt,
      List<String> scopes,
      Instant created,
      @Nullable Instant expires) {
    HexFormat hex = HexFormat.of();
    return new ApiKey(
        name,
        text.prefix(),
        hex.formatHex(salt),
        hex.formatHex(text.hash(salt)),
        scopes,
        created,
        expires,
        null);
  }

  /** The same, taken back from a moment on. */
  ApiKey revokedAt(Instant moment) {
    return new ApiKey(name, prefix, salt, hash, scopes, created, expires, moment);
  }

  /** Whether it is good at a moment. */
  public boolean isGood(Instant now) {
    return !hasExpired(now) && !isRevoked(now);
  }

  boolean hasExpired(Instant now) {
    return expires != null && !now.isBefore(expires);
  }

  boolean isRevoked(Instant now) {
    return revoked != null && !now.isBefore(revoked);
  }
}
