package io.evenkeel.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive connection with at most one request on its way. Used by the event loop's thread
 * only.
 */
final class Connection {
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer request;
  private final AnswerReader answer = new AnswerReader();
  private long dueNanos;

  /** Where the request on its way is counted; null when there is none. */
  private @Nullable Tally tally;

  private Connection(SocketChannel channel, SelectionKey key, ByteBuffer request) {
    this.channel = channel;
    this.key = key;
    this.request = request;
  }

  /** Connects (over loopback that takes no time worth hiding) and registers for reading. */
  static Connection open(InetSocketAddress address, Selector selector, ByteBuffer request)
      throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    Connection connection = new Connection(channel, key, request.duplicate());
    key.attach(connection);
    return connection;
  }

  void send(long due, Tally countedIn) throws IOException {
    dueNanos = due;
    tally = countedIn;
    request.rewind();
    write();
  }

  /** Writes what the socket takes; the rest when the selector says so. */
  void write() throws IOException {
    channel.write(request);
    int wanted = SelectionKey.OP_READ | (request.hasRemaining() ? SelectionKey.OP_WRITE : 0);
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
  }

  /**
   * True when the answer is complete; it is then counted. Throws when the connection ended before
   * that.
   */
  boolean read(ByteBuffer scratch) throws IOException {
    while (true) {
      scratch.clear();
      int count = channel.read(scratch);
      if (count < 0) {
        throw new IOException("closed by the server");
      }
      if (answer.read(scratch.flip())) {
        if (tally == null) {
          throw new IOException("an answer nobody asked for");
        }
        tally.answered(answer.status(), dueNanos, System.nanoTime());
        tally = null;
        return true;
      }
      if (count < scratch.capacity()) {
        return false;
      }
    }
  }

  /** Of the answer that is complete. */
  int status() {
    return answer.status();
  }

  /** Whether the connection can carry another request after a complete answer. */
  boolean reusable() {
    boolean reusable = answer.keepAlive();
    answer.next();
    return reusable;
  }

  /** Counts the request on its way as broken. False when there was none. */
  boolean broke() {
    if (tally == null) {
      return false;
    }
    tally.broke(dueNanos);
    tally = null;
    return true;
  }

  void close() {
    key.cancel();
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      // Nothing was left to lose on it.
    }
  }
}
