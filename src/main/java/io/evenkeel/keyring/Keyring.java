package io.evenkeel.keyring;

import io.evenkeel.contract.UnusableModelException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * The root keys in use. The last one seals; each opens what it has sealed. {@link #refresh} takes
 * keys that were added or dropped, while others go on sealing and opening. Thread-safe.
 *
 * <p>No root key is used by itself: each purpose has keys of its own, derived by HKDF (RFC 5869,
 * with SHA-256), so that what is sealed for one can't be passed off for another.
 */
public final class Keyring {
  private static final String INFO = "evenkeel 1 ";

  private final KeySource source;
  private volatile List<RootKey> keys;

  /**
   * @throws UnusableModelException if the source has no usable keys
   */
  public Keyring(KeySource source) {
    this.source = source;
    this.keys = List.copyOf(source.keys());
  }

  /**
   * Asks the source again.
   *
   * @return whether the keys have changed
   * @throws UnusableModelException if they can't be used, or an id has another secret than before;
   *     then those from before go on
   */
  public boolean refresh() {
    List<RootKey> found = List.copyOf(source.keys());
    for (RootKey key : found) {
      RootKey known = find(key.id());
      if (known != null && !known.isSameAs(key)) {
        throw new UnusableModelException(
            "",
            0,
            "the key `" + key.id() + "` has another secret than before",
            "put the old secret back, and add the new one under an id of its own");
      }
    }
    boolean changed = !ids(found).equals(ids());
    keys = found;
    return changed;
  }

  /** The keys' ids, the current one last. */
  public List<String> ids() {
    return ids(keys);
  }

  private static List<String> ids(List<RootKey> keys) {
    return keys.stream().map(RootKey::id).toList();
  }

  /** Seals and opens for one purpose. */
  public Sealer sealer(String purpose) {
    return new Sealer(this, purpose);
  }

  /** Makes codes for one purpose. */
  public Authenticator authenticator(String purpose) {
    return new Authenticator(this, purpose);
  }

  RootKey current() {
    return keys.getLast();
  }

  @Nullable RootKey find(String id) {
    for (RootKey key : keys) {
      if (key.id().equals(id)) {
        return key;
      }
    }
    return null;
  }

  /** A key of 256 bits for one purpose. */
  static byte[] derive(RootKey root, String purpose) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addIKM(root.secret())
                  .thenExpand((INFO + purpose).getBytes(StandardCharsets.UTF_8), RootKey.BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the Java platform has HKDF since 25", e);
    }
  }
}
