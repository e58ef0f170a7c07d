package io.evenkeel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.evenkeel.registry.ScratchModels;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged server beside the OpenTelemetry agent that the image has, with callers that trace.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TracingIT {
  private static final Path AGENT = Path.of("target", "opentelemetry-javaagent.jar");
  private static final List<String> STEPS =
      List.of("parse", "validate", "preprocess", "queue", "run", "write");
  private static final String CALLERS_SPAN = "00f067aa0ba902b7";
  private static final int MOST_ATTEMPTS = 20;
  private static final int AT_ONCE = 24;
  private static final String SLOW = "{\"instance\": {\"x\": [" + "1,".repeat(15) + "1]}}";

  @TempDir static Path folder;
  private static OtlpReceiver receiver;
  private static ServerProcess server;
  private static HttpClient client;
  private static int traces;

  @BeforeAll
  static void start() throws Exception {
    ScratchModels models = new ScratchModels(Files.createDirectory(folder.resolve("models")));
    models.copy("diabetes/1", "diabetes/1");
    models.make(
        "slow/1",
        "slow",
        """
        schemaVersion: 1.0.0
        features:
          - {name: x, type: tensor, shape: [16]}
        outputs: {task: regression, value: value}
        """,
        SLOW.replaceFirst("}$", ", \"prediction\": {\"value\": 16}}\n"));
    models.makeDoubling("failing/1");
    models.writeRoutes("default: diabetes\n");
    receiver = new OtlpReceiver();
    server =
        ServerProcess.start(
            folder,
            new ServerProcess.Machine(
                List.of("-javaagent:" + AGENT.toAbsolutePath()),
                Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint(),
                    "OTEL_SERVICE_NAME", "evenkeel",
                    "OTEL_METRICS_EXPORTER", "none",
                    "OTEL_LOGS_EXPORTER", "none",
                    "OTEL_INSTRUMENTATION_COMMON_LOGGING_TRACE_ID_KEY", "trace.id",
                    "OTEL_BSP_SCHEDULE_DELAY", "200")),
            "--evenkeel.models.path=" + models.root().toAbsolutePath(),
            "--evenkeel.state.url=jdbc:h2:mem:traces",
            "--evenkeel.request-log.rate=1",
            "--evenkeel.ops.drain-delay=0s",
            "--evenkeel.admission.single-budget=60s",
            "--evenkeel.admission.batch-budget=60s");
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
    if (receiver != null) {
      receiver.close();
    }
  }

  /** An id that no other test has. */
  private static synchronized String newTrace() {
    traces++;
    return "4bf92f3577b34da6a3ce929d%08x".formatted(traces);
  }

  private static HttpRequest request(String path, String body, String trace, String flags) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofMinutes(1))
        .header("Content-Type", "application/json")
        .header("traceparent", "00-" + trace + "-" + CALLERS_SPAN + "-" + flags)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static void post(String path, String body, String trace, String flags) throws Exception {
    HttpResponse<String> answer =
        client.send(request(path, body, trace, flags), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static String diabetes() throws Exception {
    return GoldenRows.of("diabetes", "1").single(0);
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  private static List<Span> of(String trace) {
    return receiver.spans(span -> hex(span.getTraceId()).equals(trace));
  }

  /** A trace's server span, once it was sent: it is the last. */
  private static Span serverSpan(String trace) throws Exception {
    await(() -> of(trace).stream().anyMatch(TracingIT::isServer));
    return of(trace).stream().filter(TracingIT::isServer).findFirst().orElseThrow();
  }

  private static boolean isServer(Span span) {
    return span.getKind() == Span.SpanKind.SPAN_KIND_SERVER;
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waited for long enough").isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static Map<String, String> attributes(Span span) {
    return span.getAttributesList().stream()
        .collect(
            Collectors.toMap(
                KeyValue::getKey,
                pair ->
                    pair.getValue().hasIntValue()
                        ? Long.toString(pair.getValue().getIntValue())
                        : pair.getValue().getStringValue()));
  }

  @Test
  void makesOneTraceOfARequestWithItsStepsBelowTheCallersSpan() throws Exception {
    String trace = newTrace();
    post("/v1/predict", diabetes(), trace, "01");

    Span parent = serverSpan(trace);
    assertThat(hex(parent.getParentSpanId())).isEqualTo(CALLERS_SPAN);
    assertThat(attributes(parent))
        .containsEntry("evenkeel.model", "diabetes")
        .containsEntry("evenkeel.version", "1")
        .containsEntry("evenkeel.outcome", "served")
        .containsEntry("evenkeel.rows", "1")
        .containsEntry("http.response.status_code", "200");
    List<Span> children =
        of(trace).stream()
            .filter(span -> span.getParentSpanId().equals(parent.getSpanId()))
            .toList();
    assertThat(children).extracting(Span::getName).containsExactlyElementsOf(STEPS);
    for (int i = 1; i < children.size(); i++) {
      assertThat(children.get(i).getStartTimeUnixNano())
          .isEqualTo(children.get(i - 1).getEndTimeUnixNano());
    }
    assertThat(of(trace)).as("nothing else").hasSize(1 + STEPS.size());
  }

  @Test
  void leavesOutWhatTheCallerDoesNotSample() throws Exception {
    String unsampled = newTrace();
    String later = newTrace();
    post("/v1/predict", diabetes(), unsampled, "00");
    post("/v1/predict", diabetes(), later, "01");

    serverSpan(later);
    assertThat(of(unsampled)).isEmpty();
  }

  @Test
  void linksARunForSeveralRequestsToThem() throws Exception {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      List<String> members = IntStream.range(0, AT_ONCE).mapToObj(i -> newTrace()).toList();
      askAtOnce(members);
      Map<String, Span> servers = new HashMap<>();
      for (String member : members) {
        servers.put(member, serverSpan(member));
      }
      List<Span> shared =
          members.stream()
              .flatMap(member -> of(member).stream())
              .filter(span -> span.getName().equals("shared run"))
              .toList();
      if (!shared.isEmpty()) {
        shared.forEach(run -> assertLinked(run, servers));
        return;
      }
    }
    throw new AssertionError("no two requests came to run together");
  }

  private static void askAtOnce(List<String> members) {
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (String member : members) {
      answers.add(
          client.sendAsync(
              request("/v1/models/slow/predict", SLOW, member, "01"),
              HttpResponse.BodyHandlers.ofString()));
    }
    assertThat(answers).allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
  }

  private static void assertLinked(Span shared, Map<String, Span> servers) {
    List<Span.Link> links = shared.getLinksList();
    assertThat(links).hasSizeGreaterThan(1);
    assertThat(attributes(shared))
        .containsEntry("evenkeel.run.requests", Integer.toString(links.size()));
    assertThat(shared.getParentSpanId()).isEqualTo(links.getFirst().getSpanId());
    for (Span.Link link : links) {
      String trace = hex(link.getTraceId());
      Span member = requireNonNull(servers.get(trace), "a member's server span");
      assertThat(link.getSpanId()).isEqualTo(member.getSpanId());
      Span run =
          of(trace).stream().filter(span -> span.getName().equals("run")).findFirst().orElseThrow();
      assertThat(run.getLinksList())
          .as("the member's own run links back")
          .extracting(Span.Link::getSpanId)
          .contains(shared.getSpanId());
    }
  }

  /** Of some requests: they are recorded once answered, and a bucket takes one at a time. */
  @Test
  void givesLatencyHistogramsExemplars() throws Exception {
    await(() -> {
      post("/v1/predict", diabetes(), newTrace(), "01");
      List<String> scraped =
          server.getOperations("/actuator/prometheus", OPEN_METRICS).body().lines().toList();
      return hasExemplar(scraped, "evenkeel_request_seconds_bucket")
          && hasExemplar(scraped, "evenkeel_step_seconds_bucket");
    });
  }

  private static boolean hasExemplar(List<String> scraped, String name) {
    return scraped.stream()
        .filter(line -> line.startsWith(name))
        .anyMatch(line -> line.matches(".*# \\{span_id=\"[0-9a-f]{16}\",trace_id=\"4bf92f35.*"));
  }

  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

  /** Under the same name in the lines about requests and in those on their way. */
  @Test
  void writesTheTracesIdIntoTheLog() throws Exception {
    String trace = newTrace();
    HttpResponse<String> answer =
        client.send(
            request("/v1/models/failing/predict", "{\"instance\": {\"x\": 666}}", trace, "01"),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(attributes(serverSpan(trace)))
        .containsEntry("evenkeel.outcome", "failed")
        .containsEntry("evenkeel.reason", "model-failure")
        .containsEntry("error.type", "500");
    await(() -> logged("evenkeel.request-log", trace));
    await(() -> logged("Model failing 1 failed", trace));
  }

  private static boolean logged(String text, String trace) {
    return server.log().stream()
        .anyMatch(
            line -> line.contains(text) && line.contains("\"trace\":{\"id\":\"" + trace + "\""));
  }
}
