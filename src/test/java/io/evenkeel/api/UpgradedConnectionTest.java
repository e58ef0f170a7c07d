package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Where connections may change to HTTP/2, they are Tomcat's own, and do. */
@ServingTest
@TestPropertySource(properties = "server.http2.enabled=true")
class UpgradedConnectionTest {
  private static final int REQUESTS = 5;

  private final Caller caller;

  UpgradedConnectionTest(Caller caller) {
    this.caller = caller;
  }

  @Test
  void servesOverHttp2() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://localhost:" + caller.port() + "/v1/models/diabetes/predict"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Bodies.single(Bodies.row("diabetes"))))
            .build();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      // The first one asks for the change.
      for (int i = 0; i < REQUESTS; i++) {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      }
    }
  }
}
