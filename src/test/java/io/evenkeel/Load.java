package io.evenkeel;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Callers that ask for single predictions, each one after the other, until it is closed. */
final class Load implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger sent = new AtomicInteger();
  private volatile boolean over;

  private Load() {}

  /**
   * Of the default model.
   *
   * @param body of each request, by its number
   */
  static Load start(int port, int callers, IntFunction<String> body) {
    return start(port, "/v1/predict", callers, body);
  }

  static Load start(int port, String path, int callers, IntFunction<String> body) {
    Load load = new Load();
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    for (int i = 0; i < callers; i++) {
      load.callers.execute(() -> load.ask(uri, body));
    }
    return load;
  }

  private void ask(URI uri, IntFunction<String> body) {
    while (!over) {
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .header("Content-Type", "application/json")
              .timeout(Duration.ofSeconds(10))
              .POST(HttpRequest.BodyPublishers.ofString(body.apply(sent.incrementAndGet())))
              .build();
      try {
        HttpResponse<Void> ignored = client.send(request, HttpResponse.BodyHandlers.discarding());
      } catch (IOException e) {
        // A busy machine; what matters is what the server has counted.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** How many requests were sent so far. */
  int sent() {
    return sent.get();
  }

  @Override
  public void close() {
    over = true;
    callers.close();
    client.close();
  }
}
