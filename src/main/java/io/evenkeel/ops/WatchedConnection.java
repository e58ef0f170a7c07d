package io.evenkeel.ops;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;

/**
 * A connection that the poller watches all the time, and reads from between requests. While a
 * thread serves what came, the poller doesn't touch the connection's bytes; if further ones come it
 * only stops watching, since it would see them over and over, and the serving thread reads them by
 * itself. Most callers send nothing more before they have their answer, and cost one read a
 * request.
 *
 * <p>As long as the poller has seen nothing, there is nothing to read: so the serving thread
 * needn't ask the kernel.
 *
 * <p>For the poller and one serving thread, or whoever looks on its behalf, at a time.
 */
final class WatchedConnection extends NioEndpoint.NioSocketWrapper {
  private enum State {
    /** Nobody serves it; whatever comes is for the poller to read. */
    WAITING,
    /** A thread serves it; nothing more has come. */
    SERVED,
    /** A thread serves it; something has come, or the end, and the poller doesn't watch. */
    UNWATCHED
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private final Object readable = new Object();

  WatchedConnection(NioChannel channel, NioEndpoint endpoint) {
    super(channel, endpoint);
  }

  /**
   * Something has come, or the end. For the poller.
   *
   * @return whether a thread is to serve it. If not, one does so already, and the poller has to
   *     stop watching
   */
  boolean notice() {
    while (!state.compareAndSet(State.WAITING, State.SERVED)) {
      if (state.compareAndSet(State.SERVED, State.UNWATCHED) || state.get() == State.UNWATCHED) {
        synchronized (readable) {
          readable.notifyAll();
        }
        return false;
      }
    }
    return true;
  }

  /**
   * Reads what is there, for the thread that is to serve it. For the poller.
   *
   * @return false at the connection's end
   */
  boolean readAhead() {
    try {
      socketBufferHandler.configureReadBufferForWrite();
      int read = getSocket().read(socketBufferHandler.getReadBuffer());
      updateLastRead();
      return read >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** For the poller: it doesn't watch this connection, whatever comes. */
  void leave() {
    state.set(State.UNWATCHED);
  }

  /** How long it may take until something comes is Tomcat's to say only between requests. */
  @Override
  public int interestOps() {
    int all = super.interestOps();
    return state.get() == State.WAITING ? all : all & ~SelectionKey.OP_READ;
  }

  /** What came has been served. */
  @Override
  public void registerReadInterest() {
    if (!state.compareAndSet(State.SERVED, State.WAITING)) {
      state.set(State.WAITING);
      getPoller().add(this, SelectionKey.OP_READ);
    }
  }

  @Override
  public boolean isReadyForRead() throws IOException {
    if (state.get() != State.SERVED) {
      return super.isReadyForRead();
    }
    socketBufferHandler.configureReadBufferForRead();
    return socketBufferHandler.getReadBuffer().hasRemaining();
  }

  @Override
  public int read(boolean block, byte[] bytes, int offset, int length) throws IOException {
    return read(block, ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public int read(boolean block, ByteBuffer to) throws IOException {
    if (!block && state.get() == State.SERVED) {
      return populateReadBuffer(to);
    }
    int read = super.read(false, to);
    if (!block || read != 0 || !to.hasRemaining()) {
      return read;
    }
    long since = System.nanoTime();
    while (read == 0) {
      awaitReadable(since);
      read = super.read(false, to);
    }
    return read;
  }

  private void awaitReadable(long since) throws IOException {
    synchronized (readable) {
      if (state.compareAndSet(State.UNWATCHED, State.SERVED)) {
        getPoller().add(this, SelectionKey.OP_READ);
      }
      try {
        while (state.get() == State.SERVED) {
          readable.wait(millisLeft(since));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while it waited for the caller's bytes");
      }
    }
  }

  /** Zero for ever. */
  private long millisLeft(long since) throws SocketTimeoutException {
    long most = getReadTimeout();
    if (most <= 0) {
      return 0;
    }
    long left = most - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    if (left <= 0) {
      throw new SocketTimeoutException("nothing came for " + most + " ms");
    }
    return left;
  }
}
