package io.evenkeel.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads HTTP/1.1 answers far enough to know where each ends: status line, length or chunks, and
 * whether the connection stays open. Bodies are skipped, not kept. One per connection; keeps its
 * place when an answer comes in pieces.
 */
final class AnswerReader {
  private enum State {
    STATUS_LINE,
    HEADER,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER,
    COMPLETE
  }

  private static final byte[] CONTENT_LENGTH =
      "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CHUNKED =
      "transfer-encoding: chunked".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CLOSE = "connection: close".getBytes(StandardCharsets.US_ASCII);

  private final byte[] line = new byte[8192];
  private int lineLength;
  private State state = State.STATUS_LINE;
  private int status;
  private long bodyLeft;
  private boolean chunked;
  private boolean keepAlive = true;

  /**
   * Takes what is in the buffer. True once an answer is complete; {@link #next} must be called
   * before more is read.
   */
  boolean read(ByteBuffer bytes) {
    while (state != State.COMPLETE && bytes.hasRemaining()) {
      switch (state) {
        case BODY, CHUNK -> skipBody(bytes);
        default -> {
          byte b = bytes.get();
          if (b == '\n') {
            endOfLine();
          } else if (b != '\r') {
            if (lineLength == line.length) {
              throw new IllegalStateException(
                  "the server sent a line longer than " + line.length + " bytes");
            }
            line[lineLength++] = b;
          }
        }
      }
    }
    return state == State.COMPLETE;
  }

  int status() {
    return status;
  }

  boolean keepAlive() {
    return keepAlive;
  }

  void next() {
    state = State.STATUS_LINE;
    lineLength = 0;
    bodyLeft = 0;
    chunked = false;
    keepAlive = true;
  }

  private void skipBody(ByteBuffer bytes) {
    int skipped = (int) Math.min(bodyLeft, bytes.remaining());
    bytes.position(bytes.position() + skipped);
    bodyLeft -= skipped;
    if (bodyLeft == 0) {
      state = state == State.BODY ? State.COMPLETE : State.CHUNK_END;
    }
  }

  private void endOfLine() {
    switch (state) {
      case STATUS_LINE -> {
        status = Integer.parseInt(text(9, 12));
        state = State.HEADER;
      }
      case HEADER -> header();
      case CHUNK_SIZE -> {
        int size = 0;
        while (size < lineLength && line[size] != ';') {
          size++;
        }
        bodyLeft = Long.parseLong(text(0, size).strip(), 16);
        state = bodyLeft == 0 ? State.TRAILER : State.CHUNK;
      }
      case CHUNK_END -> state = State.CHUNK_SIZE;
      case TRAILER -> state = lineLength == 0 ? State.COMPLETE : State.TRAILER;
      case BODY, CHUNK, COMPLETE -> throw new AssertionError(state);
    }
    lineLength = 0;
  }

  private void header() {
    if (lineLength == 0) {
      if (chunked) {
        state = State.CHUNK_SIZE;
      } else {
        state = bodyLeft == 0 ? State.COMPLETE : State.BODY;
      }
    } else if (lineStartsWith(CONTENT_LENGTH)) {
      bodyLeft = Long.parseLong(text(CONTENT_LENGTH.length, lineLength).strip());
    } else if (lineStartsWith(CHUNKED)) {
      chunked = true;
    } else if (lineStartsWith(CLOSE)) {
      keepAlive = false;
    }
  }

  private String text(int from, int to) {
    return new String(line, from, Math.min(to, lineLength) - from, StandardCharsets.US_ASCII);
  }

  private boolean lineStartsWith(byte[] lowerCase) {
    if (lineLength < lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      byte b = line[i];
      if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }
}
