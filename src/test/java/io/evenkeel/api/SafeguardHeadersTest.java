package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ServingTest
class SafeguardHeadersTest {
  private final Caller caller;

  SafeguardHeadersTest(Caller caller) {
    this.caller = caller;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/models",
        "/v1/models/diabetes/schema",
        "/v1/nothing",
        "/nothing",
        "/v3/api-docs",
        "/swagger-ui/index.html"
      })
  void tellsBrowsersToDoNothingClever(String path) {
    Answer answer = caller.get(path);
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
    assertThat(answer.header("Strict-Transport-Security")).as("only over TLS").isEmpty();
  }

  @Test
  void letsNoPageFromElsewhereAsk() {
    Answer preflight =
        caller.send(
            "OPTIONS",
            "/v1/predict",
            Caller.NO_BODY,
            "Origin",
            "https://elsewhere.example",
            "Access-Control-Request-Method",
            "POST");
    Answer plain = caller.get("/v1/models", "Origin", "https://elsewhere.example");
    assertThat(preflight.status()).isEqualTo(405);
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(plain.header("Access-Control-Allow-Origin")).isEmpty();
  }
}
