package io.evenkeel.ops;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * The body of each request of a connection, which mustn't come too slowly. As a boolean it says
 * whether the caller has hung up. For the one thread that handles the connection, or whoever asks
 * on its behalf while it waits.
 */
final class PacedBody implements InputBuffer, BooleanSupplier {
  /** A small body is there at once, and its end is seen by the second read: it costs no clock. */
  private static final int UNTIMED_READS = 2;

  private final InputBuffer body;
  private final Pace pace;
  private final BooleanSupplier hungUp;
  private int reads;
  private long bytes;
  private long since;

  PacedBody(InputBuffer body, Pace pace, BooleanSupplier hungUp) {
    this.body = body;
    this.pace = pace;
    this.hungUp = hungUp;
  }

  @Override
  public boolean getAsBoolean() {
    return hungUp.getAsBoolean();
  }

  /** Another request begins. */
  void begin() {
    reads = 0;
    bytes = 0;
  }

  boolean hasBegun() {
    return reads > 0;
  }

  /**
   * Why no more of a body is read. Tomcat answers those of this kind with 408. Without a trace:
   * there may be many at once.
   */
  static final class TooSlowException extends SocketTimeoutException {
    private static final long serialVersionUID = 1L;

    TooSlowException() {
      super("the body comes more slowly than evenkeel.connections allows");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  @Override
  public int doRead(ApplicationBufferHandler handler) throws IOException {
    if (++reads > UNTIMED_READS) {
      requirePace();
    }
    int read = body.doRead(handler);
    bytes += Math.max(0, read);
    return read;
  }

  private void requirePace() throws TooSlowException {
    long now = System.nanoTime();
    if (reads == UNTIMED_READS + 1) {
      since = now;
    } else if (pace.isBodyTooSlow(now - since, bytes)) {
      throw new TooSlowException();
    }
  }

  /**
   * Reads what is left and forgets it.
   *
   * @return whether it came to its end
   */
  boolean drain(long most) throws IOException {
    Discarding discarding = new Discarding();
    long limit = bytes + most;
    while (bytes <= limit) {
      if (doRead(discarding) < 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int available() {
    return body.available();
  }

  private static final class Discarding implements ApplicationBufferHandler {
    private ByteBuffer buffer = EMPTY_BUFFER;

    @Override
    public void setByteBuffer(ByteBuffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public ByteBuffer getByteBuffer() {
      return buffer;
    }

    @Override
    public void expand(int size) {
      // What is read is handed over as it is.
    }
  }
}
