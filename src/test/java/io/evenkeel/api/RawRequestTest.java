package io.evenkeel.api;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes no client library would send. */
@ServingTest
class RawRequestTest {
  private static final String PREDICT = "/v1/models/diabetes/predict";
  private static final int LONGEST_MILLIS = 20_000;

  private final Caller caller;
  private final String body = Bodies.single(Bodies.row("diabetes"));

  RawRequestTest(Caller caller) {
    this.caller = caller;
  }

  @Test
  void refusesABodyThatEndsBeforeItsLength() throws IOException {
    String answer = send(head("Content-Length: " + (body.length() + 10)) + body);
    assertThat(answer).startsWith("HTTP/1.1 400").contains("requestId");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n{}\r\n0\r\n\r\n",
        "-5\r\n{}\r\n0\r\n\r\n",
        "ffffffffffffffffff\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}garbage\r\n0\r\n\r\n",
        "5\r\n{\"ins",
        "5\r\n{}"
      })
  void refusesBrokenChunks(String chunks) throws IOException {
    String answer = send(head("Transfer-Encoding: chunked") + chunks);
    assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("Exception");
  }

  @Test
  void servesABodyInTinyPieces() throws IOException {
    StringBuilder chunks = new StringBuilder();
    body.chars().forEach(c -> chunks.append("1\r\n").append((char) c).append("\r\n"));
    String answer = send(head("Transfer-Encoding: chunked") + chunks + "0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200").contains("\"prediction\"");
  }

  /** Also those that are set as bytes, past Tomcat. */
  @Test
  void answersWithEachHeaderOnce() throws IOException {
    String answer = send(head("Content-Length: " + body.length()) + body);

    List<String[]> headers =
        answer
            .substring(0, answer.indexOf("\r\n\r\n"))
            .lines()
            .skip(1)
            .map(line -> line.split(": ", 2))
            .toList();
    assertThat(headers)
        .extracting(header -> header[0])
        .doesNotHaveDuplicates()
        .contains("Content-Type", "Content-Length", "Date", "X-Request-Id", "Server-Timing");
    assertThat(headers)
        .filteredOn(header -> header[0].equals("Date"))
        .extracting(header -> ZonedDateTime.parse(header[1], RFC_1123_DATE_TIME).toInstant())
        .allSatisfy(
            date -> assertThat(date).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES)));
  }

  @Test
  void servesRequestsThatComeAtOnce() throws IOException {
    String request = head("Content-Length: " + body.length()) + body;
    String bad = head("Content-Length: 2") + "{}";
    String answer = send(request + bad + request);
    assertThat(answer.split("HTTP/1\\.1 ", -1))
        .satisfiesExactly(
            nothing -> assertThat(nothing).isEmpty(),
            first -> assertThat(first).startsWith("200"),
            second -> assertThat(second).startsWith("422").contains("contract-violation"),
            third -> assertThat(third).startsWith("200"));
  }

  @Test
  void keepsTheConnectionOfWhoeverIsRefused() throws IOException {
    String length = "Content-Length: " + body.length();
    String refused = head("X-Deadline-Ms: 1\r\n" + length) + body;
    String answer = send(refused + refused + head(length) + body);
    assertThat(answer.split("HTTP/1\\.1 ", -1))
        .satisfiesExactly(
            nothing -> assertThat(nothing).isEmpty(),
            first -> assertThat(first).startsWith("503").contains("Retry-After: "),
            second -> assertThat(second).startsWith("503").contains("deadline-unattainable"),
            third -> assertThat(third).startsWith("200"));
    assertThat(answer).doesNotContainIgnoringCase("Connection: close");
  }

  @Test
  void closesARefusedConnectionWhereTheCallerWantsThat() throws IOException {
    String headers = "X-Deadline-Ms: 1\r\nConnection: close\r\nContent-Length: ";
    String answer = send(head(headers + body.length()) + body + head("Content-Length: 2") + "{}");
    assertThat(answer).startsWith("HTTP/1.1 503").containsIgnoringCase("Connection: close");
    assertThat(answer.split("HTTP/1\\.1 ", -1)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: -1",
        "Content-Length: x",
        "Content-Length: 2\r\nContent-Length: 3",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: nonsense",
        "Content-Length: 2\r\nX-Bad\u0000Name: 1",
        "Content-Length: 2\r\nX-Bad Name: 1",
        "Content-Length: 2\r\nHost: a\r\nHost: b",
        "Expect: nonsense\r\nContent-Length: 2"
      })
  void refusesBrokenHeaders(String headers) throws IOException {
    requireRefusal(send(head(headers) + "{}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST\r\n\r\n",
        "\u0000\u0001\u0002\r\n\r\n",
        "POST /v1/predict HTTP/9.9\r\nHost: a\r\n\r\n",
        "POST /v1/predict HTTP/1.1\r\n\r\n",
        "POST /v1/pre<dict HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST v1/predict HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /v1/predict%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/models/..%2f..%2fetc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/models/a%5c..%5cb HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/../../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/models/%FF HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/models/%ED%A0%80 HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /v1/predict/batch?mode=%zz HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}",
        "POST /v1/predict/batch?mode=%ff HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}",
        "GET /v1/models/%00 HTTP/1.1\r\nHost: a\r\n\r\n",
        "TRACE /v1/models HTTP/1.1\r\nHost: a\r\n\r\n",
        "CONNECT /v1/models HTTP/1.1\r\nHost: a\r\n\r\n"
      })
  void refusesBrokenRequestLines(String request) throws IOException {
    requireRefusal(send(request));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/models/%FF", "/v1/predict%zz", "/v1/models/a%5cb"})
  void refusesPathsThatReachNoApplicationWithAProblemToo(String path) throws IOException {
    String answer = send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json", "urn:evenkeel:problem:bad-header", "requestId");
  }

  @Test
  void refusesARequestIdInLatin1() throws IOException {
    String answer = send(head("Content-Length: 2\r\nX-Request-Id: h\u00fc") + "{}");
    assertThat(answer).startsWith("HTTP/1.1 400").contains("bad-header");
  }

  @Test
  void refusesHeadersWithoutEnd() throws IOException {
    requireRefusal(send("POST /v1/predict HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(100_000)));
  }

  @AfterEach
  void stillServes() {
    assertThat(caller.post(PREDICT, body).status()).isEqualTo(200);
  }

  private static void requireRefusal(String answer) {
    assertThat(answer)
        .matches("(?s)(HTTP/1.1 (4\\d\\d|501|505) .*)?")
        .doesNotContain("Exception", "java.", "org.", "\tat ", "Tomcat");
  }

  private static String head(String headers) {
    return "POST "
        + PREDICT
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + headers
        + "\r\n\r\n";
  }

  /**
   * Sends the bytes (as Latin-1), says that no more will come, and reads until the server closes.
   */
  private String send(String request) throws IOException {
    try (Socket socket = new Socket("localhost", caller.port())) {
      socket.setSoTimeout(LONGEST_MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
