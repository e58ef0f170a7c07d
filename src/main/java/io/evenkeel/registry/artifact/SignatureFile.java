package io.evenkeel.registry.artifact;

import io.evenkeel.contract.UnusableModelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The signatures over the exact bytes of a {@code manifest.json}, in the {@code manifest.sig}
 * beside it. Nothing in the file may be written in two ways, so that no byte of it can be changed
 * unnoticed.
 */
final class SignatureFile {
  /** The file's name. */
  static final String NAME = "manifest.sig";

  private static final String HEADER = "evenkeel-signatures 1";
  private static final int MOST_LINES = 64;
  private static final Pattern LINE =
      Pattern.compile("ed25519 ([0-9a-f]{" + KeyId.LENGTH + "}) ([A-Za-z0-9+/]{86}==)");

  private SignatureFile() {}

  /**
   * One signature.
   *
   * @param keyId whose it says it is
   * @param base64 its 64 bytes
   */
  record Signature(String keyId, String base64) {
    byte[] bytes() {
      return Base64.getDecoder().decode(base64);
    }

    boolean isCanonical() {
      return Base64.getEncoder().encodeToString(bytes()).equals(base64);
    }
  }

  /**
   * Reads the file.
   *
   * @throws UnusableModelException if anything in it isn't as it has to be
   */
  static List<Signature> parse(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    List<String> lines = Arrays.asList(text.split("\n", -1));
    if (!lines.getFirst().equals(HEADER)) {
      throw malformed(1, "the file doesn't begin with the line `" + HEADER + "`");
    }
    if (lines.size() < 3 || !lines.getLast().isEmpty()) {
      throw malformed(lines.size(), "there is no signature, or the last line doesn't end");
    }
    if (lines.size() - 2 > MOST_LINES) {
      throw malformed(0, "there are more than " + MOST_LINES + " signatures");
    }
    List<Signature> signatures = new ArrayList<>();
    for (int i = 1; i < lines.size() - 1; i++) {
      Matcher line = LINE.matcher(lines.get(i));
      Signature found = line.matches() ? new Signature(line.group(1), line.group(2)) : null;
      if (found == null || !found.isCanonical()) {
        throw malformed(i + 1, "this isn't `ed25519`, a key's id and a signature in base64");
      }
      signatures.add(found);
    }
    return signatures;
  }

  private static UnusableModelException malformed(int line, String cause) {
    return new UnusableModelException(
        NAME, line, cause, "copy the file again, or delete it and sign the folder anew");
  }

  /** The file's content. */
  static byte[] write(List<Signature> signatures) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    signatures.forEach(one ->
        text.append("ed25519 ").append(one.keyId()).append(' ').append(one.base64()).append('\n'));
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
