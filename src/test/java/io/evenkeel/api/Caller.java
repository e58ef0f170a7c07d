package io.evenkeel.api;

import io.evenkeel.Await;
import io.evenkeel.control.RouteControl;
import io.evenkeel.registry.ModelRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.core.env.Environment;

/** Calls the server under test as a client would. Every call ends within a bounded time. */
final class Caller implements AutoCloseable {
  static final String[] JSON = {"Content-Type", "application/json"};
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Environment environment;
  private final ModelRegistry models;
  private final RouteControl control;

  Caller(Environment environment, ModelRegistry models, RouteControl control) {
    this.environment = environment;
    this.models = models;
    this.control = control;
  }

  /** The server's port, once all models are loaded and the routes are known. */
  int port() {
    try {
      if (!models.awaitLoaded(Duration.ofMinutes(1))) {
        throw new IllegalStateException("the models took longer than a minute to load");
      }
      Await.until(control::isOpen);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return environment.getRequiredProperty("local.server.port", Integer.class);
  }

  Answer get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  /** The same from the port of the operations. */
  Answer getOperations(String path, String... headers) {
    int started = port();
    int port = environment.getProperty("local.management.port", Integer.class, started);
    return send(port, "GET", path, BodyPublishers.noBody(), headers);
  }

  Answer post(String path, String json) {
    return post(path, json.getBytes(StandardCharsets.UTF_8), JSON);
  }

  /**
   * @param headers names and values in turn
   */
  Answer post(String path, byte[] body, String... headers) {
    return send("POST", path, BodyPublishers.ofByteArray(body), headers);
  }

  /** The same without a Content-Length. */
  Answer postChunked(String path, byte[] body) {
    return send(
        "POST", path, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)), JSON);
  }

  Answer send(String method, String path, BodyPublisher body, String... headers) {
    return send(port(), method, path, body, headers);
  }

  private Answer send(int port, String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .timeout(LONGEST)
            .method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return Answer.of(client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path + " got no answer", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
