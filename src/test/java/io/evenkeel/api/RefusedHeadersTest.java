package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that make a valid body unusable, and those that don't. */
@ServingTest
class RefusedHeadersTest {
  private static final String PREDICT = "/v1/models/diabetes/predict";

  private final Caller caller;
  private final byte[] body =
      Bodies.single(Bodies.row("diabetes")).getBytes(StandardCharsets.UTF_8);

  RefusedHeadersTest(Caller caller) {
    this.caller = caller;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "text/json",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/octet-stream",
        "application/jsonp",
        "application/json; charset=latin-1",
        "application/json;charset=ISO-8859-1",
        "application/json; charset=utf-16",
        "application/json; charset=utf-8x",
        "application/json; charset=\"windows-1252\"",
        "json",
        "*/*",
        ";",
        "application/json, text/plain"
      })
  void refusesBodiesThatAreNoJson(String type) {
    Problems.require(
        caller.post(PREDICT, body, "Content-Type", type), 415, "unsupported-media-type");
    Problems.require(
        caller.post(PREDICT + "/batch?mode=per-item", body, "Content-Type", type),
        415,
        "unsupported-media-type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON;Charset=\"UTF-8\"",
        "application/json; profile=x; charset=UTF-8",
        "application/vnd.evenkeel.v1+json"
      })
  void takesJsonHoweverItIsCalled(String type) {
    assertThat(caller.post(PREDICT, body, "Content-Type", type).status()).isEqualTo(200);
  }

  @Test
  void takesABodyWithoutAType() {
    assertThat(caller.post(PREDICT, body).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "deflate", "br", "zstd", "gzip, identity", "nonsense"})
  void refusesEncodedBodies(String encoding) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream zipping = new GZIPOutputStream(zipped)) {
      zipping.write(body);
    }
    Answer answer =
        caller.post(
            PREDICT,
            zipped.toByteArray(),
            "Content-Type",
            "application/json",
            "Content-Encoding",
            encoding);
    Problems.require(answer, 415, "unsupported-media-type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "image/*", "application/xml", "text/*", "nonsense"})
  void refusesCallersWhoTakeNoJson(String accept) {
    Problems.require(post("Accept", accept), 406, "not-acceptable");
    Problems.require(caller.get("/v1/models", "Accept", accept), 406, "not-acceptable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/*",
        "application/json;q=0.1, text/html",
        "application/problem+json"
      })
  void answersCallersWhoTakeJson(String accept) {
    assertThat(post("Accept", accept).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "00",
        "abc",
        "1.5",
        "+5",
        "1e3",
        "0x10",
        "5 ms",
        "50ms",
        "99999999999999",
        "9223372036854775808",
        "5,6",
        "NaN"
      })
  void refusesUnusableDeadlines(String deadline) {
    Problems.require(post("X-Deadline-Ms", deadline), 400, "bad-header");
    Problems.require(post("x-envoy-expected-rq-timeout-ms", deadline), 400, "bad-header");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10000", "9999999999", "0000005000"})
  void takesDeadlinesBeyondTheBudget(String deadline) {
    assertThat(post("X-Deadline-Ms", deadline).status()).isEqualTo(200);
  }

  @Test
  void refusesRequestIdsThatDoNotFit() {
    for (String id : new String[] {"a".repeat(129), "a".repeat(4000), "two words", "tab\there"}) {
      Answer answer = post("X-Request-Id", id);
      Problems.require(answer, 400, "bad-header");
      assertThat(answer.header("X-Request-Id")).hasSize(36);
    }
  }

  @Test
  void echoesRequestIdsInAnswersAndRefusals() {
    String id = "a/b+c;{\"'}".repeat(12);
    assertThat(post("X-Request-Id", id).header("X-Request-Id")).isEqualTo(id);
    Answer refusal = caller.get("/v1/nothing", "X-Request-Id", id);
    Problems.require(refusal, 404, "no-such-resource");
    assertThat(refusal.json().get("requestId").asString()).isEqualTo(id);
  }

  @Test
  void makesARequestIdWhereThereIsNone() {
    Answer answer = post("X-Request-Id", "");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("X-Request-Id"))
        .hasSize(36)
        .isEqualTo(answer.json().get("id").asString());
  }

  @Test
  void timesTheStepsOfARequest() {
    assertThat(post("Accept", "*/*").header("Server-Timing"))
        .contains("parse;dur=", "run;dur=", "write;dur=")
        .matches("([a-z]+;dur=\\d+\\.\\d{3}(, )?)+");
  }

  private Answer post(String name, String value) {
    return caller.post(PREDICT, body, "Content-Type", "application/json", name, value);
  }
}
