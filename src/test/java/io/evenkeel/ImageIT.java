package io.evenkeel;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The image as it is run in production: a read-only root file system, an unprivileged user, 512 MB.
 * Skipped where there is no container engine.
 */
@Timeout(value = 10, unit = MINUTES)
class ImageIT {
  private static final String IMAGE = "evenkeel:image-it";
  private static final int PORT = 8080;
  private static final int OPERATIONS_PORT = 8081;
  private static final long MEMORY = 512L * 1024 * 1024;
  private static final long STOP_SECONDS = 30;

  @TempDir static Path folder;

  private static boolean engineIsThere;

  @BeforeAll
  static void buildTheImage() throws Exception {
    engineIsThere = run(SECONDS.toMillis(15), "docker", "info") == 0;
    if (engineIsThere) {
      int code = run(MINUTES.toMillis(8), "docker", "build", "--network=none", "--tag", IMAGE, ".");
      assertThat(code).as(() -> "docker build:\n" + output()).isZero();
    }
  }

  @BeforeEach
  void requireAnEngine() {
    assumeTrue(
        engineIsThere, "no container engine: `docker info` fails, so the image is not tested");
  }

  @AfterAll
  static void removeTheImage() throws Exception {
    if (engineIsThere) {
      run(SECONDS.toMillis(30), "docker", "image", "rm", IMAGE);
    }
  }

  /** Exit code; -1 where the command is missing or takes too long. */
  private static int run(long millis, String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output").toFile())
              .start();
      if (process.waitFor(millis, MILLISECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly();
      return -1;
    } catch (IOException missing) {
      return -1;
    }
  }

  private static String output() {
    try {
      return Files.readString(folder.resolve("output"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void servesAndStopsOnAReadOnlyRootFileSystem() throws Exception {
    try (GenericContainer<?> container = container();
        HttpClient client = HttpClient.newHttpClient()) {
      container.start();

      GoldenRows rows = GoldenRows.of("breast-cancer", "2");
      HttpResponse<String> answer =
          post(client, container, "/v1/models/breast-cancer/versions/2/predict", rows.single(0));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      JsonNode found = JsonMapper.shared().readTree(answer.body()).get("prediction");
      JsonNode expected = rows.prediction(0);
      assertThat(found.get("label")).isEqualTo(expected.get("label"));
      assertThat(found.get("confidence").asDouble())
          .isCloseTo(expected.get("confidence").asDouble(), within(rows.tolerance(0)));

      HttpResponse<String> metrics = get(client, container, "/actuator/prometheus");
      assertThat(metrics.body())
          .containsPattern("evenkeel_request_seconds_count\\{[^}]*outcome=\"served\"[^}]*} 1");
      assertThat(get(client, container, "/actuator/sbom").statusCode()).isEqualTo(200);
      assertThat(container.getLogs())
          .contains("Starting AOT-processed EvenkeelApplication")
          .doesNotContain("\"level\":\"ERROR\"")
          .doesNotContain("WARNING")
          .doesNotContain("[warning]");

      assertThat(exitCodeAfterStop(container)).isEqualTo(143);
    }
  }

  /** With somewhere to send spans to, the agent starts, and the JVM does without its cache. */
  @Test
  void servesWithTheTracingAgent() throws Exception {
    try (GenericContainer<?> container =
            container().withEnv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318");
        HttpClient client = HttpClient.newHttpClient()) {
      container.start();

      String row = GoldenRows.of("breast-cancer", "2").single(0);
      assertThat(post(client, container, "/v1/predict", row).statusCode()).isEqualTo(200);
      assertThat(container.getLogs())
          .contains("opentelemetry-javaagent - version:")
          .doesNotContain("[error]");
      assertThat(exitCodeAfterStop(container)).isEqualTo(143);
    }
  }

  private static GenericContainer<?> container() {
    return new GenericContainer<>(DockerImageName.parse(IMAGE))
        .withImagePullPolicy(image -> false)
        .withExposedPorts(PORT, OPERATIONS_PORT)
        .withTmpFs(Map.of("/tmp", "rw"))
        .withEnv("EVENKEEL_OPS_DRAIN_DELAY", "100ms")
        // It has to listen outside of the container.
        .withEnv("EVENKEEL_SECURITY_OPEN", "true")
        // The first answer after the start must not depend on what else the machine does.
        .withEnv("EVENKEEL_ADMISSION_SINGLE_BUDGET", "10s")
        .withCreateContainerCmdModifier(command ->
            Objects.requireNonNull(command.getHostConfig())
                .withReadonlyRootfs(true)
                .withMemory(MEMORY))
        .waitingFor(
            Wait.forHttp("/actuator/health/readiness")
                .forPort(OPERATIONS_PORT)
                .withStartupTimeout(Duration.ofMinutes(2)));
  }

  private static int exitCodeAfterStop(GenericContainer<?> container) {
    var docker = container.getDockerClient();
    docker.stopContainerCmd(container.getContainerId()).withTimeout((int) STOP_SECONDS).exec();
    Long code =
        docker.inspectContainerCmd(container.getContainerId()).exec().getState().getExitCodeLong();
    return Math.toIntExact(Objects.requireNonNull(code));
  }

  private static HttpResponse<String> get(
      HttpClient client, GenericContainer<?> container, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(container, OPERATIONS_PORT, path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(
      HttpClient client, GenericContainer<?> container, String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(container, PORT, path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static URI uri(GenericContainer<?> container, int port, String path) {
    return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(port) + path);
  }
}
