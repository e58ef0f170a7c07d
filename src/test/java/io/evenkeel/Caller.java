package io.evenkeel;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A caller that posts the same request again and again, one at a time, and accounts for each: over
 * one connection for as long as the server lets it, then over the next, until none is accepted any
 * more. Its own client on a bare socket, because a library would repeat a lost request by itself.
 */
final class Caller implements Runnable {
  /** What a caller does with a connection after an answer. */
  enum Connections {
    KEPT,
    ONE_FOR_EACH_REQUEST
  }

  private static final int PATIENCE_MILLIS = 30_000;

  private final int port;
  private final Connections connections;
  private final byte[] request;
  private final AtomicInteger answered = new AtomicInteger();
  private final List<String> faults = new ArrayList<>();
  private int served;
  private int refused;

  Caller(int port, String path, String body, Connections connections) {
    this.port = port;
    this.connections = connections;
    String head =
        "POST %s HTTP/1.1\r\nHost: evenkeel\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n"
            .formatted(
                path,
                body.length(),
                connections == Connections.KEPT ? "" : "Connection: close\r\n");
    this.request = (head + body).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void run() {
    while (faults.isEmpty()) {
      try (Socket socket = connect()) {
        if (socket == null) {
          return;
        }
        converse(socket);
      } catch (IOException e) {
        faults.add("after " + answered + " answers: " + e);
      }
    }
  }

  /** A connection; null if the server accepts none any more. */
  private @Nullable Socket connect() throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException refusal) {
      socket.close();
      return null;
    }
  }

  /** From here on each request is sent on an established connection, and so needs an answer. */
  private void converse(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    boolean open = true;
    int onThisConnection = 0;
    while (open) {
      try {
        socket.getOutputStream().write(request);
        RawAnswer answer = RawAnswer.read(in);
        onThisConnection++;
        answered.incrementAndGet();
        count(answer);
        open = !answer.closes() && connections == Connections.KEPT;
      } catch (IOException e) {
        throw new IOException("lost as number " + onThisConnection + " of its connection", e);
      }
    }
  }

  private void count(RawAnswer answer) {
    if (answer.status() == 200) {
      served++;
    } else if (answer.status() == 503 && answer.body().contains("urn:evenkeel:problem:")) {
      refused++;
    } else {
      faults.add(answer.toString());
    }
  }

  /** Answers so far; safe to read while the caller runs. */
  int answered() {
    return answered.get();
  }

  /** Answers 200, once the caller has ended. */
  int served() {
    return served;
  }

  /** Answers 503 with a problem, once the caller has ended. */
  int refused() {
    return refused;
  }

  /** Requests without a complete and proper answer, once the caller has ended. */
  List<String> faults() {
    return faults;
  }
}
