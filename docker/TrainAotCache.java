import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs the server through what a life of it consists of, so that the JVM can record which classes that
 * needs: start, single and batch predictions of every bundled version, a refusal, the catalogue, a
 * scrape, a stop. Part of the image's build.
 *
 * <p>Arguments: the models' folder, the server's port and that of its operations, then the command
 * that starts it.
 */
final class TrainAotCache {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int ROWS = 50;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String server;
  private final String operations;

  private TrainAotCache(String port, String operationsPort) {
    server = "http://127.0.0.1:" + port;
    operations = "http://127.0.0.1:" + operationsPort + "/actuator";
  }

  public static void main(String[] arguments) throws Exception {
    List<String> command = Arrays.asList(arguments).subList(3, arguments.length);
    Process server = new ProcessBuilder(command).inheritIO().start();
    try {
      new TrainAotCache(arguments[1], arguments[2]).exercise(server, Path.of(arguments[0]));
      server.destroy();
      if (!server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the server doesn't stop");
      }
    } finally {
      server.destroyForcibly();
    }
  }

  private void exercise(Process process, Path models) throws Exception {
    awaitReadiness(process);
    try (Stream<Path> files = Files.walk(models)) {
      for (Path golden : files.filter(file -> file.endsWith("golden.jsonl")).sorted().toList()) {
        predict(golden);
      }
    }
    expect(422, post("/v1/predict", "{\"instance\": {}}"));
    for (String path : List.of("/v1/models", "/v3/api-docs")) {
      expect(200, get(server + path));
    }
    for (String path : List.of("/health/liveness", "/info", "/prometheus")) {
      expect(200, get(operations + path));
    }
  }

  private void awaitReadiness(Process process) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        throw new IllegalStateException("the server doesn't get ready");
      }
      Thread.sleep(100);
    }
  }

  private boolean isReady() throws IOException, InterruptedException {
    try {
      return get(operations + "/health/readiness").statusCode() == 200;
    } catch (ConnectException notYet) {
      return false;
    }
  }

  private void predict(Path golden) throws Exception {
    String version = golden.getParent().getFileName().toString();
    String model = golden.getParent().getParent().getFileName().toString();
    String path = "/v1/models/" + model + "/versions/" + version + "/predict";
    List<String> instances =
        Files.readAllLines(golden).stream().limit(ROWS).map(TrainAotCache::instance).toList();
    for (String instance : instances) {
      expect(200, post(path, "{\"instance\": " + instance + "}"));
    }
    String batch = "{\"instances\": [" + String.join(",", instances) + "]}";
    expect(200, post(path + "/batch", batch));
  }

  /** The instance in a golden line, where the prediction comes after it. */
  private static String instance(String line) {
    String before = "{\"instance\": ";
    return line.substring(before.length(), line.lastIndexOf(", \"prediction\""));
  }

  private HttpResponse<String> get(String uri) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(uri)).build());
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(server + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static void expect(int status, HttpResponse<String> answer) {
    if (answer.statusCode() != status) {
      throw new IllegalStateException(
          answer.uri() + " answered " + answer.statusCode() + ": " + answer.body());
    }
  }
}
