package io.evenkeel.registry.artifact;

import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.registry.artifact.SignatureFile.Signature;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether a manifest was signed by one of the trusted keys. They are read anew each time, so
 * that a key can come and go while the server runs. Thread-safe.
 */
public final class SignatureCheck {
  private static final Logger LOG = LoggerFactory.getLogger(SignatureCheck.class);

  private final Mode mode;
  private final Path trusted;

  /** What becomes of a version that no trusted key has signed. */
  public enum Mode {
    /** Signatures aren't looked at. */
    OFF,
    /** It is served, and the log says what is wrong. */
    WARN,
    /** It isn't served. */
    REQUIRE
  }

  /**
   * @param trusted the folder of public keys, {@code *.pem}
   */
  public SignatureCheck(Mode mode, Path trusted) {
    this.mode = mode;
    this.trusted = trusted;
  }

  /** Whether signatures are looked at. */
  public boolean isOn() {
    return mode != Mode.OFF;
  }

  /** Never looks at signatures. */
  public static SignatureCheck off() {
    return new SignatureCheck(Mode.OFF, Path.of(""));
  }

  /**
   * Reads the keys once, so that a server which could trust nothing doesn't start.
   *
   * @throws UnusableModelException if signatures are required and the keys can't be read, or there
   *     is none
   */
  public void requireKeys() {
    if (mode == Mode.OFF) {
      return;
    }
    try {
      TrustedKeys.read(trusted);
    } catch (UnusableModelException e) {
      if (mode == Mode.REQUIRE) {
        throw e;
      }
      e.mistakes().forEach(mistake -> LOG.warn("No signature can be checked. {}", mistake));
    }
  }

  /**
   * Looks at a version's signatures.
   *
   * @param version its name, for the log
   * @throws UnusableModelException if one is required and there is none that counts
   */
  public void check(String version, VersionFiles files, Manifest manifest) {
    if (mode == Mode.OFF) {
      return;
    }
    try {
      verify(files, manifest);
    } catch (UnusableModelException e) {
      if (mode == Mode.REQUIRE) {
        throw e;
      }
      e.mistakes()
          .forEach(
              mistake -> LOG.warn("Model {} isn't signed as it should be. {}", version, mistake));
    }
  }

  /**
   * Looks for a signature that counts.
   *
   * @return the id of the key
   */
  private String verify(VersionFiles files, Manifest manifest) {
    List<Signature> signatures = signatures(files);
    TrustedKeys keys = TrustedKeys.read(trusted);
    byte[] content = manifest.bytes();
    for (Signature signature : signatures) {
      if (keys.confirms(signature, content)) {
        return signature.keyId();
      }
    }
    List<Signature> known = signatures.stream().filter(one -> keys.has(one.keyId())).toList();
    if (known.isEmpty()) {
      throw new UnusableModelException(
          SignatureFile.NAME,
          0,
          "it is signed with " + ids(signatures) + ", which is no trusted key",
          "sign it with a trusted key, or put the public key into the folder of trusted keys");
    }
    throw new UnusableModelException(
        SignatureFile.NAME,
        0,
        "the signature by the trusted key " + ids(known) + " isn't one of this " + Manifest.NAME,
        "copy both files again, or sign the folder anew");
  }

  private static List<Signature> signatures(VersionFiles files) {
    if (!files.has(SignatureFile.NAME)) {
      throw new UnusableModelException(
          SignatureFile.NAME,
          0,
          "there is no signature, and one is wanted",
          "sign the folder: evenkeel sign --key KEY.pem FOLDER");
    }
    return SignatureFile.parse(Manifest.bytes(files, SignatureFile.NAME));
  }

  private static String ids(List<Signature> signatures) {
    return signatures.stream().map(Signature::keyId).collect(Collectors.joining(", "));
  }

  /**
   * Says whose signatures there are, for people.
   *
   * @return nothing where the folder isn't signed
   * @throws UnusableModelException if the file can't be read, or signatures are required and none
   *     counts
   */
  public String describe(VersionFiles files, Manifest manifest) {
    if (mode != Mode.OFF) {
      return "by the trusted key " + verify(files, manifest);
    }
    return files.has(SignatureFile.NAME) ? "by " + ids(signatures(files)) : "";
  }
}
