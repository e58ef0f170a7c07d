package io.evenkeel.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * The connections to one server, on one selector. A connection that ends, or that the server wants
 * closed, is replaced at once. For one thread.
 */
final class EventLoop implements AutoCloseable {
  private static final int SCRATCH_BYTES = 64 * 1024;

  /** What to do next with connections. */
  interface Listener {
    /** A request ended with this status or as broken, and this connection can carry another. */
    void free(Connection connection, int status) throws IOException;

    /** A connection without a request ended; the other one is in its place. */
    void replaced(Connection gone, Connection fresh) throws IOException;
  }

  private final Selector selector = Selector.open();
  private final InetSocketAddress address;
  private final ByteBuffer request;
  private final Listener listener;
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);

  EventLoop(Target target, Listener listener) throws IOException {
    this.address = target.address();
    this.request = target.request();
    this.listener = listener;
  }

  Selector selector() {
    return selector;
  }

  /** Fails only when no connection can be made: then the server is gone and the run is over. */
  Connection open() throws IOException {
    return Connection.open(address, selector, request);
  }

  /** Sends the request. Its end, even if it comes now, is told to the listener. */
  void send(Connection connection, long dueNanos, Tally tally) throws IOException {
    try {
      connection.send(dueNanos, tally);
    } catch (IOException broken) {
      replace(connection);
    }
  }

  /** Waits until something can be read or written, but no longer than so many ms, and does it. */
  void await(long mostMillis) throws IOException {
    try {
      if (mostMillis <= 0) {
        selector.selectNow(this::ready);
      } else {
        selector.select(this::ready, mostMillis);
      }
    } catch (UncheckedIOException serverGone) {
      throw serverGone.getCause();
    }
  }

  private void ready(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    try {
      if (advance(key, connection)) {
        int status = connection.status();
        if (connection.reusable()) {
          listener.free(connection, status);
        } else {
          connection.close();
          listener.free(open(), status);
        }
      }
    } catch (IOException serverGone) {
      throw new UncheckedIOException(serverGone);
    }
  }

  /** Writes and reads what can be; true when an answer is complete. */
  private boolean advance(SelectionKey key, Connection connection) throws IOException {
    try {
      if (key.isWritable()) {
        connection.write();
      }
      return key.isReadable() && connection.read(scratch);
    } catch (IOException broken) {
      replace(connection);
      return false;
    }
  }

  private void replace(Connection connection) throws IOException {
    connection.close();
    boolean broke = connection.broke();
    Connection fresh = open();
    if (broke) {
      listener.free(fresh, Tally.BROKEN);
    } else {
      listener.replaced(connection, fresh);
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      ((Connection) key.attachment()).close();
    }
    selector.close();
  }
}
