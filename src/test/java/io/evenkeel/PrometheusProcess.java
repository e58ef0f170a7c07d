package io.evenkeel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus with the shipped rules, whose durations are divided by sixty. */
final class PrometheusProcess implements AutoCloseable {
  private static final Path RULES = Path.of("config/prometheus/rules");
  private static final Pattern DURATION = Pattern.compile("(?<=\\[|for: )(\\d+)([mhd])(?=\\]|\\n)");
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Process process;
  private final Path log;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  private PrometheusProcess(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /** Starts one that scrapes a server every second. */
  static PrometheusProcess start(Path folder, int operationsPort) throws IOException {
    try (Stream<Path> rules = Files.list(RULES)) {
      for (Path rule : rules.toList()) {
        Files.writeString(
            folder.resolve(String.valueOf(rule.getFileName())), inSeconds(Files.readString(rule)));
      }
    }
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
            rule_files: ["*.yaml"]
            scrape_configs:
              - job_name: evenkeel
                metrics_path: /actuator/prometheus
                static_configs: [{targets: ["127.0.0.1:%d"]}]
            """
                .formatted(operationsPort));
    int port = freePort();
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new PrometheusProcess(process, log, port);
  }

  static String inSeconds(String rules) {
    return DURATION
        .matcher(rules)
        .replaceAll((MatchResult found) ->
            Integer.parseInt(found.group(1)) * minutes(found.group(2)) + "s");
  }

  private static int minutes(String unit) {
    return switch (unit) {
      case "m" -> 1;
      case "h" -> 60;
      case "d" -> 1440;
      default -> throw new IllegalArgumentException(unit);
    };
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The labels of each alert that fires. */
  List<Map<String, String>> firing() throws Exception {
    return get("/api/v1/alerts")
        .at("/data/alerts")
        .valueStream()
        .filter(alert -> alert.get("state").asString().equals("firing"))
        .map(PrometheusProcess::labels)
        .toList();
  }

  private static Map<String, String> labels(JsonNode alert) {
    Map<String, String> labels = new TreeMap<>();
    alert.get("labels").forEachEntry((key, value) -> labels.put(key, value.asString()));
    return labels;
  }

  /** Waits until an alert with these labels fires. */
  Map<String, String> awaitFiring(Map<String, String> wanted, Duration patience) throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      for (Map<String, String> labels : firing()) {
        if (labels.entrySet().containsAll(wanted.entrySet())) {
          return labels;
        }
      }
      lookAgain(end, wanted + " doesn't fire; what does is " + firing());
    }
  }

  /** Waits until a query has an answer. */
  void awaitValue(String query, Duration patience) throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (query(query).at("/data/result").isEmpty()) {
      lookAgain(end, "`" + query + "` has no answer");
    }
  }

  /** What it answers to a query. */
  JsonNode query(String query) throws Exception {
    return get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
  }

  private void lookAgain(long end, String complaint) throws IOException {
    if (System.nanoTime() > end || !process.isAlive()) {
      throw new AssertionError(complaint + "\n" + Files.readString(log));
    }
    LockSupport.parkNanos(LOOK_NANOS);
  }

  private JsonNode get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      return JsonMapper.shared()
          .readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException | JacksonException e) {
      // It is still starting.
      return JsonMapper.shared().createObjectNode();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    Process ignored = process.onExit().join();
    client.close();
  }
}
