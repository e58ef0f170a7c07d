package io.evenkeel.ops;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.Http11NioProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's HTTP/1.1 over NIO, except that whoever has connected before the port closes is served.
 * By itself Tomcat drops what it accepts once it has been told to close, and leaves the rest of the
 * kernel's queue to be reset; between the two lie milliseconds, in which a busy server loses
 * several requests (ShutdownIT did so at every stop). It also keeps the connections of those it
 * refuses, and drops whoever is too slow, as {@link KeepingProcessor} says, and reads as {@link
 * ReadingEndpoint} says. Public because Tomcat creates it by its name.
 */
public final class PatientProtocol extends Http11NioProtocol {
  private final ReadingEndpoint endpoint;
  private @Nullable Pace pace;

  public PatientProtocol() {
    Endpoint endpoint = new Endpoint();
    super(endpoint);
    this.endpoint = endpoint;
  }

  /** From now on; before the port opens. */
  void require(Pace required) {
    pace = required;
  }

  @Override
  public void start() throws Exception {
    endpoint.setMayBeUpgraded(findUpgradeProtocols().length > 0);
    super.start();
  }

  @Override
  protected Processor createProcessor() {
    return new KeepingProcessor(this, getAdapter(), Objects.requireNonNull(pace, "required first"));
  }

  /** Asked for each answer with a body, after the first look at its status. */
  @Override
  public boolean useCompression(Request request, Response response) {
    KeepingProcessor.unmask(response);
    return super.useCompression(request, response);
  }

  private static final class Endpoint extends ReadingEndpoint {
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
