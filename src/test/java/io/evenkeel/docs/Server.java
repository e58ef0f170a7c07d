package io.evenkeel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.registry.ModelRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Talks to the server a test has started. */
final class Server implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  private Server(int port) {
    this.port = port;
  }

  static Server whenLoaded(int port, ModelRegistry registry) throws InterruptedException {
    assertThat(registry.awaitLoaded(LONGEST_START)).as("models are loaded").isTrue();
    return new Server(port);
  }

  HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(port, path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  String get(int fromPort, String path) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(uri(fromPort, path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static URI uri(int port, String path) {
    return URI.create("http://localhost:" + port + path);
  }

  @Override
  public void close() {
    client.close();
  }
}
