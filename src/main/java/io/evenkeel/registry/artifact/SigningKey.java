package io.evenkeel.registry.artifact;

import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.registry.artifact.SignatureFile.Signature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A pair of keys that signs manifests, and checkpoints of the audit log. Immutable. */
public final class SigningKey {
  private final PrivateKey privateKey;
  private final PublicKey publicKey;

  private SigningKey(PrivateKey privateKey, PublicKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /**
   * Reads a private key, PKCS #8 in PEM.
   *
   * @throws UnusableModelException if it isn't one of Ed25519
   */
  public static SigningKey read(Path file) {
    PrivateKey key = Pem.privateKey(file);
    byte[] secret = ((EdECPrivateKey) key).getBytes().orElseThrow();
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(Pem.ALGORITHM);
      generator.initialize(255, new Given(secret));
      SigningKey pair = new SigningKey(key, generator.generateKeyPair().getPublic());
      pair.requireMatch();
      return pair;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has Ed25519", e);
    }
  }

  /**
   * Makes a pair and writes it: the private key to a file that only its owner may read, the public
   * one beside it.
   *
   * @return the public key's file
   * @throws UnusableModelException if one of them is there already or can't be written
   */
  public static Path make(Path file) {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.pem$", "") + ".pub.pem";
    Path publicFile = file.resolveSibling(name);
    try {
      KeyPair pair = KeyPairGenerator.getInstance(Pem.ALGORITHM).generateKeyPair();
      writeSecret(file, Pem.text("PRIVATE KEY", pair.getPrivate().getEncoded()));
      Files.writeString(
          publicFile,
          Pem.text("PUBLIC KEY", pair.getPublic().getEncoded()),
          StandardOpenOption.CREATE_NEW);
      return publicFile;
    } catch (FileAlreadyExistsException e) {
      throw new UnusableModelException(
          String.valueOf(e.getFile()), 0, "the file is there already", "choose another name");
    } catch (IOException e) {
      throw new UnusableModelException(
          file.toString(),
          0,
          "the keys can't be written (" + e.getClass().getSimpleName() + ")",
          "check the folder and its permissions");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has Ed25519", e);
    }
  }

  private static void writeSecret(Path file, String text) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, text);
    } else {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    }
  }

  /** What the key is called in signatures. */
  public String id() {
    return KeyId.of(publicKey);
  }

  /**
   * Signs the manifest of a folder, once its files are as it says. Signatures by other keys are
   * kept.
   *
   * @throws UnusableModelException with everything that isn't as the manifest says
   */
  public void sign(Path folder, ArtifactPolicy policy) {
    VersionFiles files = VersionFiles.list(folder, policy);
    Manifest manifest = Manifest.read(files);
    manifest.verify(files);
    List<Signature> signatures = new ArrayList<>();
    if (files.has(SignatureFile.NAME)) {
      signatures.addAll(SignatureFile.parse(Manifest.bytes(files, SignatureFile.NAME)));
      signatures.removeIf(one -> one.keyId().equals(id()));
    }
    signatures.add(
        new Signature(id(), Base64.getEncoder().encodeToString(signature(manifest.bytes()))));
    try {
      // A name with two dots is passed over by a server that looks at the folder meanwhile.
      Path written = Files.createTempFile(folder, "..", ".sig");
      Files.write(written, SignatureFile.write(signatures));
      Files.move(
          written,
          folder.resolve(SignatureFile.NAME),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UnusableModelException(
          SignatureFile.NAME,
          0,
          "the file can't be written (" + e.getClass().getSimpleName() + ")",
          "check the folder's permissions and the disk");
    }
  }

  /** The signature over some bytes, 64 bytes. Thread-safe. */
  public byte[] signature(byte[] content) {
    try {
      java.security.Signature signer = java.security.Signature.getInstance(Pem.ALGORITHM);
      signer.initSign(privateKey);
      signer.update(content);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key signs anything", e);
    }
  }

  private void requireMatch() throws GeneralSecurityException {
    byte[] content = "evenkeel".getBytes(StandardCharsets.US_ASCII);
    java.security.Signature verifier = java.security.Signature.getInstance(Pem.ALGORITHM);
    verifier.initVerify(publicKey);
    verifier.update(content);
    if (!verifier.verify(signature(content))) {
      throw new GeneralSecurityException("the public key isn't that of the private one");
    }
  }

  /**
   * Gives the generator of pairs the secret it is to take. The JDK computes a public key nowhere
   * else, and its generator asks for exactly these bytes; {@link #requireMatch} would tell if that
   * changed.
   */
  private static final class Given extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] secret;

    Given(byte[] secret) {
      this.secret = Arrays.copyOf(secret, secret.length);
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(secret, 0, bytes, 0, bytes.length);
    }
  }
}
