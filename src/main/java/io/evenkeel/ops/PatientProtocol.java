package io.evenkeel.ops;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint;

/**
 * Tomcat's HTTP/1.1 over NIO, except that whoever has connected before the port closes is served.
 * By itself Tomcat drops what it accepts once it has been told to close, and leaves the rest of the
 * kernel's queue to be reset; between the two lie milliseconds, in which a busy server loses
 * several requests (ShutdownIT did so at every stop). Public because Tomcat creates it by its name.
 */
public final class PatientProtocol extends Http11NioProtocol {
  public PatientProtocol() {
    super(new Endpoint());
  }

  private static final class Endpoint extends NioEndpoint {
    /** Called for what was accepted after the wish to close the port. */
    @Override
    protected void destroySocket(SocketChannel socket) {
      if (!isRunning() || isPaused() || !setSocketOptions(socket)) {
        super.destroySocket(socket);
      }
    }

    /** Called when the accepting thread has ended: empties its queue at the last moment. */
    @Override
    protected void doCloseServerSocket() throws IOException {
      if (isRunning()
          && !isPaused()
          && getServerSocket() instanceof ServerSocketChannel listening) {
        listening.configureBlocking(false);
        for (SocketChannel queued = listening.accept(); queued != null; ) {
          destroySocket(queued);
          queued = listening.accept();
        }
      }
      super.doCloseServerSocket();
    }
  }
}
