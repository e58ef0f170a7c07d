package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A line for each request, as the console shows it. */
@ServingTest
@TestPropertySource(properties = "evenkeel.request-log.rate=1")
@ExtendWith(OutputCaptureExtension.class)
class RequestLogHttpTest {
  private static final String PREDICT = "/v1/models/loan-default/predict";

  private final Caller caller;

  RequestLogHttpTest(Caller caller) {
    this.caller = caller;
  }

  private Answer post(String path, String body, String requestId) {
    return caller.post(
        path,
        body.getBytes(StandardCharsets.UTF_8),
        "Content-Type",
        "application/json",
        "X-Request-Id",
        requestId,
        "X-Routing-Key",
        "planted-key");
  }

  /** It is written once the answer has been sent. */
  private static JsonNode line(CapturedOutput output, String requestId) {
    Await.until(() -> !lines(output, requestId).isEmpty());
    assertThat(lines(output, requestId)).hasSize(1);
    return lines(output, requestId).getFirst();
  }

  private static List<JsonNode> lines(CapturedOutput output, String requestId) {
    return output
        .getOut()
        .lines()
        .filter(line -> line.contains("evenkeel.request-log") && line.endsWith("}"))
        .map(line -> JsonMapper.shared().readTree(line))
        .filter(line -> line.path("requestId").asString("").equals(requestId))
        .toList();
  }

  @Test
  void tellsHowAServedRequestFared(CapturedOutput output) {
    String row = Bodies.row("loan-default").toString();
    Answer answer = post(PREDICT, Bodies.instance(row), "log-served");
    assertThat(answer.status()).isEqualTo(200);

    JsonNode line = line(output, "log-served");
    JsonNode own = line.path("evenkeel");
    assertThat(own.path("id")).isEqualTo(answer.json().path("id"));
    assertThat(own.path("model").asString()).isEqualTo("loan-default");
    assertThat(own.path("version")).isEqualTo(answer.json().path("version"));
    assertThat(own.path("answeredBy")).isEqualTo(answer.json().path("version"));
    assertThat(own.path("route").path("revision")).isEqualTo(answer.json().path("routeRevision"));
    assertThat(own.path("outcome").asString()).isEqualTo("served");
    assertThat(own.path("rows").asInt()).isEqualTo(1);
    assertThat(own.path("warnings").asInt()).isEqualTo(answer.json().path("warnings").size());
    assertThat(own.path("steps").propertyNames())
        .contains("parse", "validate", "preprocess", "run", "write");
    assertThat(line.path("http").path("response").path("status_code").asInt()).isEqualTo(200);
    assertThat(line.path("event").path("duration").asLong())
        .isGreaterThanOrEqualTo(own.path("steps").path("run").asLong());
  }

  @Test
  void tellsOfBatchesAndRefusals(CapturedOutput output) {
    String row = Bodies.row("loan-default").toString();
    post(PREDICT + "/batch", Bodies.batch(List.of(row, "{}", row)), "log-batch");
    post(PREDICT, "{\"instance\": ", "log-broken");
    post("/v1/models/none/predict", Bodies.instance(row), "log-unroutable");

    JsonNode batch = line(output, "log-batch").path("evenkeel");
    assertThat(batch.path("endpoint").asString()).isEqualTo("batch");
    assertThat(batch.path("rows").asInt()).isEqualTo(3);
    assertThat(batch.path("violations").asInt()).isGreaterThan(10);
    JsonNode broken = line(output, "log-broken");
    assertThat(broken.path("evenkeel").path("outcome").asString()).isEqualTo("refused");
    assertThat(broken.path("evenkeel").path("reason").asString()).isEqualTo("malformed-json");
    assertThat(broken.path("http").path("response").path("status_code").asInt()).isEqualTo(400);
    assertThat(line(output, "log-unroutable").path("evenkeel").path("reason").asString())
        .isEqualTo("no-such-model");
  }

  /** Whatever becomes of a request, what it holds stays out of the log. */
  @Test
  void neverHasAFeaturesValueOrAnythingElseOfTheBody(CapturedOutput output) {
    String valid =
        Bodies.rowWith("loan-default", "job_title", "\"planted-job\"")
            .replaceFirst("\"amount\": [0-9.]+", "\"amount\": 43219.125");
    String invalid = Bodies.rowWith("loan-default", "purpose", "87654321.5");
    String unknown = valid.replaceFirst("\"amount\"", "\"planted-member\": 1, \"amount\"");
    post(PREDICT, Bodies.instance(valid), "plant-valid");
    post(PREDICT, Bodies.instance(invalid), "plant-invalid");
    post(PREDICT, Bodies.instance(unknown), "plant-unknown");
    post(PREDICT, "{\"planted-envelope\": " + valid + "}", "plant-envelope");
    post(PREDICT + "/batch", Bodies.batch(List.of(valid, invalid, unknown)), "plant-batch");
    post(PREDICT, "{\"instance\": {\"amount\": planted-syntax}}", "plant-syntax");

    assertThat(
            List.of(
                line(output, "plant-valid"),
                line(output, "plant-invalid"),
                line(output, "plant-unknown"),
                line(output, "plant-envelope"),
                line(output, "plant-batch"),
                line(output, "plant-syntax")))
        .extracting(line -> line.path("evenkeel").path("outcome").asString())
        .containsExactly("served", "invalid", "invalid", "invalid", "served", "refused");
    assertThat(output.getAll().toLowerCase(Locale.ROOT))
        .doesNotContain("planted-")
        .doesNotContain("43219")
        .doesNotContain("87654321");
  }
}
