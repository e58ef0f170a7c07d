package io.evenkeel.registry.artifact;

import io.evenkeel.contract.Sha256;
import java.security.PublicKey;

/**
 * What a public key is called: the first half of the SHA-256 of its SubjectPublicKeyInfo (DER), in
 * hexadecimal digits.
 */
final class KeyId {
  static final int LENGTH = 32;

  private KeyId() {}

  static String of(PublicKey key) {
    return Sha256.hex(key.getEncoded()).substring(0, LENGTH);
  }
}
