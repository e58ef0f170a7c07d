package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/**
 * Clients who send byte after byte and never come to an end. The limits are so tight that to send a
 * few bytes one at a time is too slow; Tomcat takes up to a second to close a connection.
 */
@ServingTest
@TestPropertySource(
    properties = {
      "evenkeel.connections.head-timeout=1ms",
      "evenkeel.connections.body-timeout=1ms",
      "evenkeel.connections.min-body-rate=1GB"
    })
class SlowClientsTest {
  private static final String PREDICT = "/v1/models/diabetes/predict";
  private static final int MOST = 1_000_000;
  private static final int MANY = 300;
  private static final int MOST_SENT = 8_000;

  private final Caller caller;

  SlowClientsTest(Caller caller) {
    this.caller = caller;
  }

  @Test
  void dropsWhoeverSendsItsHeadTooSlowly() throws IOException {
    assertThat(dribble("POST " + PREDICT + " HTTP/1.1\r\nHost: a\r\nX: a")).isEmpty();
    requireServes();
  }

  @Test
  void dropsWhoeverSendsItsBodyTooSlowly() throws IOException {
    assertThat(dribble(head(PREDICT) + "{\"instance\": "))
        .startsWith("HTTP/1.1 408")
        .contains("request-timeout", "Connection: close");
    requireServes();
  }

  @Test
  void dropsWhoeverHasItsRefusalAndGoesOnSlowly() throws IOException {
    assertThat(dribble(head("/v1/nothing"))).startsWith("HTTP/1.1 404").contains("requestId");
    requireServes();
  }

  @Test
  void servesOthersWhileManyConnectionsGetNowhere() throws IOException {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < MANY; i++) {
        Socket socket = new Socket("localhost", caller.port());
        open.add(socket);
        socket.getOutputStream().write(bytes(i % 2 == 0 ? "POST /v1/pre" : head(PREDICT) + "{"));
      }
      for (int i = 0; i < 20; i++) {
        requireServes();
      }
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  private void requireServes() {
    String row = Bodies.single(Bodies.row("diabetes"));
    assertThat(caller.post(PREDICT, row).status()).isEqualTo(200);
  }

  private static String head(String path) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
        + MOST
        + "\r\n\r\n";
  }

  /**
   * Sends the beginning, and then byte after byte, until the server closes the connection.
   *
   * @return what it has answered
   */
  private String dribble(String beginning) throws IOException {
    try (Socket socket = new Socket("localhost", caller.port())) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(1);
      socket.getOutputStream().write(bytes(beginning));
      StringBuilder answer = new StringBuilder();
      int sent = 0;
      while (sent < MOST_SENT && isOpen(socket, answer)) {
        sent++;
      }
      assertThat(sent).as("bytes until it was dropped").isLessThan(MOST_SENT);
      return answer.toString();
    }
  }

  /** Sends one more byte, and looks for a millisecond at most what comes back. */
  private static boolean isOpen(Socket socket, StringBuilder answer) {
    try {
      socket.getOutputStream().write(' ');
      for (int next = socket.getInputStream().read(); ; next = socket.getInputStream().read()) {
        if (next < 0) {
          return false;
        }
        answer.append((char) next);
      }
    } catch (SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
