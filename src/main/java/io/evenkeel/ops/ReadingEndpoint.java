package io.evenkeel.ops;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's NIO endpoint, whose poller reads what has come before it hands a connection to a thread,
 * and goes on watching the connection meanwhile.
 *
 * <p>By itself Tomcat stops watching a connection for each request, lets the request's thread read,
 * read again to find nothing, ask for the connection to be watched, and wake the poller for it:
 * four calls of the kernel and a change of threads more than {@link WatchedConnection} needs, a
 * tenth of a small request's time (docs/decisions/0030).
 *
 * <p>Encrypted connections, and those that may become something else than HTTP/1.1, are Tomcat's
 * alone: to decrypt is too much work for the one thread that watches.
 */
class ReadingEndpoint extends NioEndpoint {
  private boolean mayBeUpgraded;

  /** Null where connections are Tomcat's alone. */
  private @Nullable Reader reader;

  ReadingEndpoint() {
    // Tomcat would hand such a connection back to its poller, past the connection's own notes.
    setUseSendfile(false);
  }

  /** Whether a connection may change its protocol. Before the start. */
  void setMayBeUpgraded(boolean mayBe) {
    mayBeUpgraded = mayBe;
  }

  @Override
  public void startInternal() throws Exception {
    if (!isRunning() && !isSSLEnabled() && !mayBeUpgraded) {
      Reader started = new Reader();
      reader = started;
      Thread.ofPlatform().name(getName() + "-Reader").daemon().start(started);
    }
    super.startInternal();
  }

  @Override
  public void stopInternal() {
    Reader stopped = reader;
    if (isRunning() && stopped != null) {
      // First, so that nobody is accepted whom nobody would watch.
      pause();
      stopped.end();
    }
    super.stopInternal();
    reader = null;
  }

  @Override
  protected Poller getPoller() {
    Reader ours = reader;
    return ours == null ? super.getPoller() : ours;
  }

  /** As Tomcat does it, but for the kind of connection. */
  @Override
  protected boolean setSocketOptions(SocketChannel socket) {
    Reader ours = reader;
    if (ours == null) {
      return super.setSocketOptions(socket);
    }
    try {
      NioChannel channel = channel();
      WatchedConnection connection = new WatchedConnection(channel, this);
      channel.reset(socket, connection);
      connections.put(socket, connection);
      socket.configureBlocking(false);
      if (getUnixDomainSocketPath() == null) {
        socketProperties.setProperties(socket.socket());
      }
      connection.setReadTimeout(getConnectionTimeout());
      connection.setWriteTimeout(getConnectionTimeout());
      connection.setKeepAliveLeft(getMaxKeepAliveRequests());
      ours.register(connection);
      return true;
    } catch (IOException | RuntimeException e) {
      getLog().debug("a connection could not be set up", e);
      return false;
    }
  }

  private NioChannel channel() {
    NioChannel used = getNioChannels() == null ? null : getNioChannels().pop();
    return used == null
        ? createChannel(
            new SocketBufferHandler(
                socketProperties.getAppReadBufSize(),
                socketProperties.getAppWriteBufSize(),
                socketProperties.getDirectBuffer()))
        : used;
  }

  /**
   * The poller of all watched connections. One thread waits for what comes. Where much comes at
   * once, it lets a virtual thread go on, which takes turns with those who serve: none of the
   * platform threads under them has to be woken, or to wait until the kernel has a processor for
   * it. When nothing comes any more, the first thread waits again.
   */
  private final class Reader extends Poller {
    /** So many connections at one look are much. */
    private static final int MUCH = 4;

    /** After so many turns Tomcat looks whose time is up. */
    private static final int MOST_TURNS = 1000;

    /** How many connections have brought something since the last look. */
    private int ready;

    private volatile boolean ended;

    Reader() throws IOException {}

    /** Tomcat calls this before it waits. */
    @Override
    public boolean events() {
      boolean changed = super.events();
      if (ready >= MUCH) {
        readAmongOthers();
        if (ended) {
          // It may have been the virtual thread that was woken for it.
          getSelector().wakeup();
        }
      }
      ready = 0;
      return changed;
    }

    private void readAmongOthers() {
      Thread among = Thread.ofVirtual().name(getName() + "-Reader").start(this::takeTurns);
      boolean interrupted = false;
      while (among.isAlive()) {
        try {
          among.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    /** Reads what has come, lets the others have their turn, and so on until nothing comes. */
    @SuppressWarnings("ThreadPriorityCheck") // No hint here: they stand in the scheduler's queue.
    private void takeTurns() {
      try {
        for (int turn = 0, found = 1; turn < MOST_TURNS && found > 0 && !ended; turn++) {
          Thread.yield();
          super.events();
          found = getSelector().selectNow(this::process);
        }
      } catch (IOException | RuntimeException e) {
        getLog().error("What has come is left to the thread that waits", e);
      }
    }

    private void process(SelectionKey key) {
      if (key.attachment() instanceof NioSocketWrapper connection) {
        processKey(key, connection);
      }
    }

    void end() {
      ended = true;
      destroy();
    }

    @Override
    protected void processKey(SelectionKey key, NioSocketWrapper socket) {
      ready++;
      try {
        if (socket instanceof WatchedConnection connection && key.isValid() && key.isReadable()) {
          // If it can be written to as well, the next look says so again.
          notice(key, connection);
          return;
        }
      } catch (CancelledKeyException e) {
        socket.close();
        return;
      }
      super.processKey(key, socket);
    }

    private void notice(SelectionKey key, WatchedConnection connection) {
      if (!connection.notice()) {
        unreg(key, connection, SelectionKey.OP_READ);
        return;
      }
      if (!connection.readAhead()) {
        // At its end, it would be readable for ever. Who serves it finds out why.
        connection.leave();
        unreg(key, connection, SelectionKey.OP_READ);
      }
      if (!processSocket(connection, SocketEvent.OPEN_READ, true)) {
        connection.close();
      }
    }
  }
}
