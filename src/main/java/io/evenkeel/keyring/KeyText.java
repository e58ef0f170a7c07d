package io.evenkeel.keyring;

import io.evenkeel.contract.UnusableModelException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Keys as text: {@code id:secret}, one a line or between commas, each secret 32 bytes as 64
 * hexadecimal digits or in base64. Empty lines, and those that begin with #, are passed over. The
 * last key is the current one, so that adding a line rotates. Stateless.
 */
public final class KeyText {
  private static final int HEX_DIGITS = 2 * RootKey.BYTES;

  private KeyText() {}

  /**
   * Reads keys. What is wrong with one is told without any of its secret.
   *
   * @param source where the text stands, for messages: a file's name or a setting's
   * @throws UnusableModelException if there is none, or one isn't a key
   */
  public static List<RootKey> parse(String source, String text) {
    List<RootKey> keys = new ArrayList<>();
    String[] lines = text.split("\\R", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (line.startsWith("#")) {
        continue;
      }
      for (String part : line.split(",", -1)) {
        if (!part.isBlank()) {
          add(keys, key(source, i + 1, part.strip()), source, i + 1);
        }
      }
    }
    if (keys.isEmpty()) {
      throw new UnusableModelException(
          source, 0, "there is no key", "add a line `ID:` and 32 random bytes as 64 hex digits");
    }
    return List.copyOf(keys);
  }

  private static void add(List<RootKey> keys, RootKey key, String source, int line) {
    if (keys.stream().anyMatch(other -> other.id().equals(key.id()))) {
      throw new UnusableModelException(
          source,
          line,
          "the id `" + key.id() + "` stands twice",
          "give each key an id of its own, and never use one again");
    }
    keys.add(key);
  }

  private static RootKey key(String source, int line, String text) {
    int colon = text.indexOf(':');
    if (colon < 0 || !RootKey.ID.matcher(text.substring(0, colon).strip()).matches()) {
      throw new UnusableModelException(
          source,
          line,
          "this doesn't begin with an id and a colon",
          "write `ID:SECRET`, the id of 1 to 32 letters, digits, points, dashes or underscores");
    }
    byte[] secret = secret(text.substring(colon + 1).strip());
    if (secret.length != RootKey.BYTES) {
      throw new UnusableModelException(
          source,
          line,
          "the secret isn't 32 bytes as 64 hex digits or in base64",
          "make one with `openssl rand -hex 32`");
    }
    return new RootKey(text.substring(0, colon).strip(), secret);
  }

  /** Empty where it is neither. */
  private static byte[] secret(String text) {
    try {
      return text.length() == HEX_DIGITS
          ? HexFormat.of().parseHex(text)
          : Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
