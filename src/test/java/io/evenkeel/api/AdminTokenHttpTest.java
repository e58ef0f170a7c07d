package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

/** The admin API of a server that has a token. */
@ServingTest
@ContextConfiguration(initializers = AdminModels.class)
@TestPropertySource(properties = "evenkeel.admin.token=a-token-that-is-long-enough-for-anybody")
@ExtendWith(OutputCaptureExtension.class)
class AdminTokenHttpTest {
  private static final String ROUTES = "/v1/admin/routes";
  private static final String TOKEN = "Bearer a-token-that-is-long-enough-for-anybody";

  private final Caller caller;

  AdminTokenHttpTest(Caller caller) {
    this.caller = caller;
  }

  @Test
  void asksForTheTokenBeforeItReadsAnythingElse() {
    Answer answer = caller.get(ROUTES, "X-Request-Id", "two words", "Accept", "text/html");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"evenkeel\"");
    assertThat(answer.json().get("type").asString()).endsWith(":unauthenticated");
    assertThat(caller.get(ROUTES, "Authorization", TOKEN + "r").status()).isEqualTo(401);
    assertThat(caller.get(ROUTES, "Authorization", TOKEN).status()).isEqualTo(200);
  }

  @Test
  void whatAnOperatorChangesIsLoggedUnderTheRequestsId(CapturedOutput output) {
    Answer answer =
        caller.send(
            "PUT",
            "/v1/admin/models/m/route",
            "{\"why\": \"try it\", \"route\": {\"stable\": \"2\", \"fallback\": \"1\"}}",
            "Content-Type",
            "application/json",
            "If-Match",
            "*",
            "Authorization",
            TOKEN,
            "X-Request-Id",
            "operators-7");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(output.getOut().lines().filter(line -> line.contains("model m is routed")))
        .singleElement()
        .asString()
        .contains("\"requestId\":\"operators-7\"");
  }
}
