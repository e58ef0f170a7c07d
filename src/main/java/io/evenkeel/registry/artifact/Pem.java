package io.evenkeel.registry.artifact;

import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Ed25519 keys in PEM files, as openssl makes them (RFC 7468, RFC 8410). */
final class Pem {
  static final String ALGORITHM = "Ed25519";

  private static final long MOST_BYTES = 1 << 16;
  private static final int LINE_LENGTH = 64;
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----", Pattern.DOTALL);

  private Pem() {}

  /**
   * @throws UnusableModelException if it isn't the public key of a pair of Ed25519
   */
  static PublicKey publicKey(Path file) {
    byte[] der = read(file, "PUBLIC KEY", "openssl pkey -in KEY.pem -pubout -out KEY.pub.pem");
    try {
      return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw unusable(file, "this is no public key of Ed25519", "take the one of an Ed25519 pair");
    }
  }

  /**
   * @throws UnusableModelException if it isn't the private key of a pair of Ed25519
   */
  static PrivateKey privateKey(Path file) {
    byte[] der = read(file, "PRIVATE KEY", "openssl genpkey -algorithm ed25519 -out KEY.pem");
    try {
      return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw unusable(file, "this is no private key of Ed25519", "take the one of an Ed25519 pair");
    }
  }

  static String text(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }

  private static byte[] read(Path file, String label, String command) {
    String text;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw unusable(file, "this is too long for a key", "name a PEM file with one key");
      }
      text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw unusable(
          file,
          "the file can't be read (" + e.getClass().getSimpleName() + ")",
          "check its name and permissions");
    }
    List<MatchResult> blocks = BLOCK.matcher(text).results().toList();
    if (blocks.size() != 1 || !blocks.getFirst().group(1).equals(label)) {
      String found =
          blocks.size() == 1 ? "a " + blocks.getFirst().group(1) : blocks.size() + " blocks";
      throw unusable(
          file,
          "a PEM file with one " + label + " is wanted, and this has " + found,
          "make one: " + command);
    }
    try {
      return Base64.getMimeDecoder().decode(blocks.getFirst().group(2));
    } catch (IllegalArgumentException e) {
      throw unusable(file, "the base64 between the PEM lines is damaged", "copy the file again");
    }
  }

  private static UnusableModelException unusable(Path file, String cause, String mend) {
    return new UnusableModelException(String.valueOf(file.getFileName()), 0, cause, mend);
  }
}
