package io.evenkeel.keyring;

import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes codes of messages that nobody can make, or guess the message of, without the key:
 * HMAC-SHA-256 (RFC 2104). Thread-safe.
 */
public final class Authenticator {
  private static final String ALGORITHM = "HmacSHA256";

  private final Keyring ring;
  private final String purpose;

  /** By the root key's id, ready to be copied: to find an algorithm's provider takes a lock. */
  private final Map<String, Mac> ready = new ConcurrentHashMap<>();

  Authenticator(Keyring ring, String purpose) {
    this.ring = ring;
    this.purpose = purpose;
  }

  /** The current key, for one or more codes that are to be by the same. */
  public Keyed current() {
    return keyed(ring.current());
  }

  /**
   * The key of an id.
   *
   * @throws SealBrokenException if the ring doesn't have it
   */
  public Keyed by(String id) throws SealBrokenException {
    RootKey root = ring.find(id);
    if (root == null) {
      throw new SealBrokenException("there is no key `" + id + "`");
    }
    return keyed(root);
  }

  private Keyed keyed(RootKey root) {
    Mac known = ready.get(root.id());
    return new Keyed(
        root.id(), known != null ? known : ready.computeIfAbsent(root.id(), id -> mac(root)));
  }

  private Mac mac(RootKey root) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(Keyring.derive(root, purpose), ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  /** One key for one purpose. Thread-safe. */
  public static final class Keyed {
    private final String id;
    private final Mac ready;

    private Keyed(String id, Mac ready) {
      this.id = id;
      this.ready = ready;
    }

    /** The root key's id. */
    public String keyId() {
      return id;
    }

    /** A message's code, 32 bytes. */
    public byte[] code(byte[] message) {
      try {
        return ((Mac) ready.clone()).doFinal(message);
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException("the platform's HMAC-SHA-256 can be copied", e);
      }
    }
  }
}
