package io.evenkeel.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may use the admin API.
 *
 * @param token what callers of the admin API may send as `Authorization: Bearer ..`; without one,
 *     and without credentials, only callers on the same machine are let in
 */
@ConfigurationProperties("evenkeel.admin")
public record AdminProperties(@DefaultValue("") String token) {
  private static final int SHORTEST = 16;

  public AdminProperties {
    if (!token.isEmpty() && token.length() < SHORTEST) {
      throw new IllegalArgumentException(
          "evenkeel.admin.token must have at least " + SHORTEST + " characters");
    }
  }

  /** Whether a text is the token, in the same time whatever the text is. */
  boolean isToken(String text) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Says no secret, whoever logs it. */
  @Override
  public String toString() {
    return "AdminProperties[token=" + (token.isEmpty() ? "none" : "...") + "]";
  }
}
