package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.RawAnswer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/**
 * Requests whose bytes come in pieces, several at once, or in bodies of several buffers: whether
 * the poller or the serving thread reads them, nothing is lost, and nobody is forgotten.
 */
@ServingTest
@TestPropertySource(
    properties = {
      "evenkeel.admission.single-budget=20s",
      "evenkeel.admission.max-batches=100",
      // More than all callers' rows at once: nobody is to be refused.
      "evenkeel.admission.max-rows=10000",
      "evenkeel.admission.batch-budget=20s"
    })
class PiecemealRequestsTest {
  /** So many that the poller takes turns with those who serve, for a while. */
  private static final int CALLERS = 32;

  private static final int TURNS = 25;
  private static final int MOST_AT_ONCE = 3;
  private static final int MOST_PIECES = 4;

  /** Rows of batches, in bodies of less than a buffer, of a little more, and of several. */
  private static final List<Integer> SIZES = List.of(1, 40, 200);

  private static final int PATIENCE_MILLIS = 20_000;

  private final int port;
  private final List<Batch> batches;

  PiecemealRequestsTest(Caller caller) {
    this.port = caller.port();
    this.batches = SIZES.stream().map(Batch::of).toList();
  }

  /** A request, and what its answer says and no other's. */
  private record Batch(String request, String served) {
    static Batch of(int rows) {
      String row = Bodies.row("diabetes").toString();
      String body = Bodies.batch(Collections.nCopies(rows, row));
      String head =
          "POST /v1/models/diabetes/predict/batch HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n";
      return new Batch(head + body, "\"served\":" + rows + ",");
    }
  }

  @Test
  void answersEachInItsTurn() throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> ended = new ArrayList<>();
      for (int seed = 0; seed < CALLERS; seed++) {
        Random random = new Random(seed);
        ended.add(callers.submit(() -> converse(random)));
      }
      for (Future<?> each : ended) {
        each.get();
      }
    }
  }

  private Void converse(Random random) throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (int turn = 0; turn < TURNS; turn++) {
        List<Batch> sent = some(random);
        send(sent.stream().map(Batch::request).collect(Collectors.joining()), socket, random);
        for (Batch batch : sent) {
          RawAnswer answer = RawAnswer.read(in);
          assertThat(answer.status()).as("%s", answer).isEqualTo(200);
          assertThat(answer.body()).contains(batch.served());
        }
      }
    }
    return null;
  }

  private List<Batch> some(Random random) {
    List<Batch> some = new ArrayList<>();
    for (int left = 1 + random.nextInt(MOST_AT_ONCE); left > 0; left--) {
      some.add(batches.get(random.nextInt(batches.size())));
    }
    return some;
  }

  /** As clients do, the head before the body; or anyhow. */
  private static void send(String text, Socket socket, Random random) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    int sent = 0;
    for (int left = random.nextInt(MOST_PIECES); left > 0; left--) {
      int body = text.indexOf('{', sent);
      int end = left > 1 && body > 0 ? body : sent + random.nextInt(bytes.length - sent);
      socket.getOutputStream().write(bytes, sent, end - sent);
      sent = end;
    }
    socket.getOutputStream().write(bytes, sent, bytes.length - sent);
  }
}
