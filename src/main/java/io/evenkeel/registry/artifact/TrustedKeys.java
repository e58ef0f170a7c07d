package io.evenkeel.registry.artifact;

import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The public keys whose signatures count. Immutable. */
public final class TrustedKeys {
  private final Map<String, PublicKey> keys;

  private TrustedKeys(Map<String, PublicKey> keys) {
    this.keys = keys;
  }

  /**
   * Reads all {@code *.pem} of a folder.
   *
   * @throws UnusableModelException with each of them that is no public key, or if there is none
   */
  public static TrustedKeys read(Path folder) {
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files =
          found
              .filter(file -> String.valueOf(file.getFileName()).endsWith(".pem"))
              .sorted()
              .toList();
    } catch (IOException e) {
      throw new UnusableModelException(
          folder.toString(),
          0,
          "the folder of trusted keys can't be listed (" + e.getClass().getSimpleName() + ")",
          "create it, and put the public keys (*.pem) there whose signatures count; or name"
              + " another in evenkeel.models.signatures.trusted");
    }
    Map<String, PublicKey> keys = new HashMap<>();
    Mistakes mistakes = new Mistakes();
    for (Path file : files) {
      try {
        PublicKey key = Pem.publicKey(file);
        keys.put(KeyId.of(key), key);
      } catch (UnusableModelException e) {
        e.mistakes().forEach(one -> mistakes.add(one.file(), 0, one.cause(), one.mend()));
      }
    }
    mistakes.throwIfAny();
    if (keys.isEmpty()) {
      throw new UnusableModelException(
          folder.toString(),
          0,
          "there is no trusted key (*.pem) in the folder",
          "put the public keys there whose signatures count; docs/artifacts.md says how to make"
              + " them");
    }
    return new TrustedKeys(keys);
  }

  boolean has(String keyId) {
    return keys.containsKey(keyId);
  }

  /** Whether a signature is one of these bytes by the trusted key it names. */
  boolean confirms(SignatureFile.Signature signature, byte[] content) {
    return confirms(signature.keyId(), signature.bytes(), content);
  }

  /**
   * The same of a signature's bytes.
   *
   * @param keyId whose signature it says it is
   */
  public boolean confirms(String keyId, byte[] signature, byte[] content) {
    PublicKey key = keys.get(keyId);
    if (key == null) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(Pem.ALGORITHM);
      verifier.initVerify(key);
      verifier.update(content);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
