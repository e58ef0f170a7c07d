package io.evenkeel.keyring;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A random key of 256 bits for one piece of data. Whoever drops it has erased the data, wherever
 * copies of that are. Seals by AES-256-GCM: nonce of 96 bits, ciphertext, tag of 128. Immutable.
 */
public final class DataKey {
  private static final int BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] secret;

  private DataKey(byte[] secret) {
    this.secret = secret;
  }

  /** A new one. */
  public static DataKey create() {
    byte[] secret = new byte[BYTES];
    RANDOM.nextBytes(secret);
    return new DataKey(secret);
  }

  /** One that was kept. */
  public static DataKey of(byte[] secret) {
    if (secret.length != BYTES) {
      throw new IllegalArgumentException("a data key has " + BYTES + " bytes");
    }
    return new DataKey(Arrays.copyOf(secret, BYTES));
  }

  /** Its bytes, to be sealed and kept apart from the data; a copy. */
  public byte[] bytes() {
    return Arrays.copyOf(secret, BYTES);
  }

  /** Seals, bound to the associated data. */
  public byte[] seal(byte[] plain, byte[] associated) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, associated).doFinal(plain);
      byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
      return whole;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-256-GCM", e);
    }
  }

  /**
   * Opens.
   *
   * @throws SealBrokenException if it was changed, or sealed by another key or for something else
   */
  public byte[] open(byte[] sealed, byte[] associated) throws SealBrokenException {
    if (sealed.length < NONCE_BYTES) {
      throw new SealBrokenException("what was sealed is cut off");
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES), associated)
          .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new SealBrokenException("it was changed, or belongs somewhere else");
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] associated) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(associated);
    return cipher;
  }
}
