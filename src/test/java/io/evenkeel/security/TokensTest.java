package io.evenkeel.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Tokens of a provider that can't be reached. */
class TokensTest {
  private static final String CLAIMS = "{\"iss\": \"i\", \"aud\": \"a\", \"exp\": 9999999999}";

  private final Tokens tokens =
      new Tokens(
          new SecurityProperties.Jwt(
              "i",
              "a",
              "http://127.0.0.1:1/keys",
              Duration.ofSeconds(60),
              "sub",
              "scope",
              Duration.ofMinutes(1)));

  private static String part(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String token(String algorithm) {
    String head = "{\"alg\": \"" + algorithm + "\", \"kid\": \"k\"}";
    return part(head) + "." + part(CLAIMS) + "." + part("signature");
  }

  @Test
  void nobodyIsCalledAnImpostorWhereTheKeysCannotBeHad() {
    for (int i = 0; i < 3; i++) {
      assertThat(tokens.recognise(token("RS256"), Instant.now()))
          .isInstanceOf(Recognition.Unavailable.class);
    }
  }

  @Test
  void aTokenThatAnybodyCouldHaveMadeIsRefusedWithoutTheKeys() {
    for (String wrong :
        new String[] {
          token("HS256"), part("{\"alg\": \"none\"}") + "." + part(CLAIMS) + ".", "x"
        }) {
      assertThat(tokens.recognise(wrong, Instant.now()))
          .as(wrong)
          .isEqualTo(new Recognition.Refused(Recognition.Reason.TOKEN));
    }
  }
}
