package io.evenkeel;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A caller who sends the same request over and over on one connection, and allocates nothing
 * meanwhile: what the process allocates is the server's. For one thread.
 */
final class KeptConnection implements AutoCloseable {
  private static final int LONGEST_ANSWER = 8192;
  private static final byte[] LENGTH = "\r\nContent-Length: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OK = "HTTP/1.1 200 ".getBytes(StandardCharsets.US_ASCII);

  private final SocketChannel channel;
  private final ByteBuffer request;
  private final ByteBuffer answer = ByteBuffer.allocateDirect(LONGEST_ANSWER);

  /** Connects to a port of this machine, which answers {@code POST /v1/predict}. */
  KeptConnection(int port, byte[] body) {
    channel = connect(port);
    byte[] head =
        ("POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    request = ByteBuffer.allocateDirect(head.length + body.length).put(head).put(body).flip();
  }

  private static SocketChannel connect(int port) {
    try {
      return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Sends the request and reads the answer.
   *
   * @return the answer's length
   * @throws IOException if it isn't a success
   */
  int call() throws IOException {
    request.rewind();
    while (request.hasRemaining()) {
      channel.write(request);
    }
    answer.clear();
    int length;
    do {
      if (channel.read(answer) < 0) {
        throw new EOFException("the server closed the connection");
      }
      length = answerLength();
    } while (length < 0 || answer.position() < length);
    if (find(OK, OK.length) != OK.length) {
      throw new IOException("the answer is no success");
    }
    return length;
  }

  /** Of head and body; -1 while the head isn't complete. */
  private int answerLength() {
    int headEnd = find(END_OF_HEAD, answer.position());
    int at = find(LENGTH, headEnd);
    if (headEnd < 0 || at < 0) {
      return -1;
    }
    int length = 0;
    for (byte digit = answer.get(at); digit != '\r'; digit = answer.get(++at)) {
      length = 10 * length + digit - '0';
    }
    return headEnd + length;
  }

  /** The place after the first occurrence that ends by {@code end}; -1 if there is none. */
  private int find(byte[] sought, int end) {
    for (int from = 0; from + sought.length <= end; from++) {
      int matched = 0;
      while (matched < sought.length && answer.get(from + matched) == sought[matched]) {
        matched++;
      }
      if (matched == sought.length) {
        return from + matched;
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
