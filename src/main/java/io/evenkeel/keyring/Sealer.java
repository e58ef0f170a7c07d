package io.evenkeel.keyring;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals bytes for one purpose by AES-256-GCM, with a random nonce of 96 bits and a tag of 128, and
 * opens them again. What is sealed is bound to the associated data it was sealed with, which must
 * say where it belongs: then it opens in no other place. Thread-safe.
 *
 * <p>With random nonces a key may seal 2^32 times (NIST SP 800-38D, section 8.3). Beyond that a
 * sealer refuses; it counts from its making, so what outlives the process needs a purpose that
 * names its part, such as a file that can't hold as much, or a rotation in time.
 *
 * <p>What is sealed: a 1, the length of the key's id, the id, the nonce, the ciphertext with the
 * tag.
 */
public final class Sealer {
  private static final byte FORMAT = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final long MOST_SEALED = 1L << 32;
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Keyring ring;
  private final String purpose;

  /** By the root key's id. */
  private final Map<String, Derived> keys = new ConcurrentHashMap<>();

  /** A key, and how often it has sealed. */
  private record Derived(SecretKey key, AtomicLong sealed) {}

  Sealer(Keyring ring, String purpose) {
    this.ring = ring;
    this.purpose = purpose;
  }

  /** Seals with the current key. */
  public byte[] seal(byte[] plain, byte[] associated) {
    RootKey root = ring.current();
    Derived derived = derived(root);
    if (derived.sealed().getAndIncrement() >= MOST_SEALED) {
      throw new IllegalStateException(
          "the key `" + root.id() + "` has sealed 2^32 times for `" + purpose + "`: add another");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    byte[] id = root.id().getBytes(StandardCharsets.US_ASCII);
    byte[] sealed = new byte[2 + id.length + NONCE_BYTES + plain.length + TAG_BYTES];
    ByteBuffer out = ByteBuffer.wrap(sealed).put(FORMAT).put((byte) id.length).put(id).put(nonce);
    try {
      int written =
          cipher(Cipher.ENCRYPT_MODE, derived.key(), nonce, associated)
              .doFinal(plain, 0, plain.length, sealed, out.position());
      if (written != plain.length + TAG_BYTES) {
        throw new IllegalStateException("AES-GCM wrote " + written + " bytes");
      }
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-256-GCM", e);
    }
  }

  /**
   * Opens what was sealed for this purpose with the same associated data.
   *
   * @throws SealBrokenException if it was sealed with a key that isn't there, for something else,
   *     or was changed
   */
  public byte[] open(byte[] sealed, byte[] associated) throws SealBrokenException {
    ByteBuffer in = ByteBuffer.wrap(sealed);
    if (in.remaining() < 2 || in.get() != FORMAT) {
      throw new SealBrokenException("this isn't sealed in a form that is known");
    }
    byte[] id = new byte[in.get() & 0xff];
    byte[] nonce = new byte[NONCE_BYTES];
    if (in.remaining() < id.length + NONCE_BYTES + TAG_BYTES) {
      throw new SealBrokenException("what was sealed is cut off");
    }
    in.get(id).get(nonce);
    RootKey root = ring.find(new String(id, StandardCharsets.US_ASCII));
    if (root == null) {
      throw new SealBrokenException(
          "the key it was sealed with isn't there: put it back into the key file");
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, derived(root).key(), nonce, associated)
          .doFinal(sealed, in.position(), in.remaining());
    } catch (GeneralSecurityException e) {
      throw new SealBrokenException("it was changed, or belongs somewhere else");
    }
  }

  private Derived derived(RootKey root) {
    Derived known = keys.get(root.id());
    return known != null
        ? known
        : keys.computeIfAbsent(
            root.id(),
            id ->
                new Derived(
                    new SecretKeySpec(Keyring.derive(root, purpose), "AES"), new AtomicLong()));
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] associated)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
    cipher.updateAAD(associated);
    return cipher;
  }
}
