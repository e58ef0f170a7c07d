package io.evenkeel.security;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * An API key as its holder sends it, {@code ek_PREFIX_SECRET}: the prefix finds the key, the secret
 * proves it. A secret is 256 random bits, so nobody guesses it, and a plain SHA-256 keeps it as
 * safely as a slow hash would: those are for passwords that people choose. Immutable.
 */
final class KeyText {
  static final String START = "ek_";
  static final int PREFIX_LENGTH = 8;
  static final int HASH_BYTES = 32;
  private static final int RADIX = 36;
  private static final int SECRET_BITS = 256;

  /** As many digits as 256 bits need. */
  private static final int SECRET_LENGTH = 50;

  private static final int LENGTH = START.length() + PREFIX_LENGTH + 1 + SECRET_LENGTH;

  private final String text;

  private KeyText(String text) {
    this.text = text;
  }

  /** A new one. */
  static KeyText random(SecureRandom random) {
    BigInteger prefixes = BigInteger.valueOf(RADIX).pow(PREFIX_LENGTH);
    BigInteger prefix = new BigInteger(SECRET_BITS, random).mod(prefixes);
    BigInteger secret = new BigInteger(SECRET_BITS, random);
    return new KeyText(START + digits(prefix, PREFIX_LENGTH) + "_" + digits(secret, SECRET_LENGTH));
  }

  private static String digits(BigInteger number, int length) {
    String digits = number.toString(RADIX);
    return "0".repeat(length - digits.length()) + digits;
  }

  /** What a caller has sent; null where it can't be a key. */
  static @Nullable KeyText parse(String text) {
    if (text.length() != LENGTH
        || !text.startsWith(START)
        || text.charAt(START.length() + PREFIX_LENGTH) != '_') {
      return null;
    }
    for (int i = START.length(); i < LENGTH; i++) {
      char found = text.charAt(i);
      boolean fits = (found >= '0' && found <= '9') || (found >= 'a' && found <= 'z');
      if (!fits && i != START.length() + PREFIX_LENGTH) {
        return null;
      }
    }
    return new KeyText(text);
  }

  String prefix() {
    return text.substring(START.length(), START.length() + PREFIX_LENGTH);
  }

  /** What is kept of the secret. */
  byte[] hash(byte[] salt) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(salt);
      return sha256.digest(
          text.substring(LENGTH - SECRET_LENGTH).getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** All of it, which is shown once. */
  String secretText() {
    return text;
  }

  /** Says no secret, whoever logs it. */
  @Override
  public String toString() {
    return START + prefix() + "_...";
  }
}
