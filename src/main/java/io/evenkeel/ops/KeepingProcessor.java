package io.evenkeel.ops;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's HTTP/1.1 for one connection, except that a refusal doesn't cost the connection. By
 * itself Tomcat closes it after each 503, so that under overload, when there is least to spare,
 * each refused caller would have to connect again, which costs more than the refusal.
 *
 * <p>Whether the connection is kept depends on the status alone, and is looked at twice: when the
 * headers are made, and when the request is over. Both times the status is disguised; in between it
 * is written, and logged, as what it is.
 *
 * <p>A client that is too slow does cost the connection, while it sends its head, its body, or what
 * nobody wants to read of a body after the answer. For the one thread that handles the connection.
 */
final class KeepingProcessor extends Http11Processor {
  private static final int REFUSED = HttpServletResponse.SC_SERVICE_UNAVAILABLE;

  /** Any status that has a body, and after which Tomcat keeps the connection. */
  private static final int DISGUISE = 599;

  private final Pace pace;
  private final PacedBody body;
  private final long mostDrained;

  /** Whose head is incomplete, and since when. */
  private @Nullable SocketWrapperBase<?> incomplete;

  private long incompleteSince;

  KeepingProcessor(AbstractHttp11Protocol<?> protocol, Adapter application, Pace pace) {
    KeepingAdapter adapter = new KeepingAdapter(application);
    this.pace = pace.forOneConnection(ThreadLocalRandom.current());
    super(protocol, adapter);
    this.body = new PacedBody(request.getInputBuffer(), this.pace, this::hasHungUp);
    this.mostDrained = protocol.getMaxSwallowSize();
    request.setInputBuffer(body);
    adapter.processor = this;
  }

  @Override
  public SocketState service(SocketWrapperBase<?> socket) throws IOException {
    if (socket.equals(incomplete) && pace.isHeadTooSlow(System.nanoTime() - incompleteSince)) {
      incomplete = null;
      return SocketState.CLOSED;
    }
    SocketState state = super.service(socket);
    if (state != SocketState.LONG || isAsync()) {
      incomplete = null;
    } else if (!socket.equals(incomplete)) {
      incomplete = socket;
      incompleteSince = System.nanoTime();
    }
    return state;
  }

  /**
   * Whether the connection is at its end. Looks for further bytes, and keeps what there is for the
   * next request. Tomcat's own way to look for them loses those that came together with this one.
   */
  private boolean hasHungUp() {
    try {
      boolean ignored = socketWrapper.isReadyForRead();
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Reads what was left of a body, once the answer is on its way: whoever still sends wouldn't see
   * the answer otherwise. Tomcat would do so too, for as long as a client takes.
   */
  private void drain() {
    if (!isRequestBodyFullyRead() && !isDrained()) {
      // Closes the connection: what is left would be taken for the next request.
      request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }
  }

  private boolean isDrained() {
    if (request.hasExpectation()) {
      // Nothing comes of a body that was never asked for, and Tomcat knows that.
      return !body.hasBegun();
    }
    try {
      return body.drain(mostDrained);
    } catch (IOException e) {
      return false;
    }
  }

  /** Before Tomcat looks at the status. */
  static void disguise(Response response) {
    if (response.getStatus() == REFUSED) {
      response.setStatus(DISGUISE);
    }
  }

  /** After it has looked, and before the status is written. */
  static void unmask(Response response) {
    if (response.getStatus() == DISGUISE) {
      response.setStatus(REFUSED);
    }
  }

  /** Disguises the status again once the application, and with it the access log, is done. */
  private static final class KeepingAdapter implements Adapter {
    private final Adapter application;
    @Nullable KeepingProcessor processor;

    KeepingAdapter(Adapter application) {
      this.application = application;
    }

    @Override
    public void service(Request request, Response response) throws Exception {
      KeepingProcessor connection = Objects.requireNonNull(processor);
      connection.body.begin();
      application.service(request, response);
      disguise(response);
      connection.drain();
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
      return application.prepare(request, response);
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent event)
        throws Exception {
      return application.asyncDispatch(request, response, event);
    }

    @Override
    public void log(Request request, Response response, long time) {
      application.log(request, response, time);
    }

    @Override
    public void checkRecycled(Request request, Response response) {
      application.checkRecycled(request, response);
    }

    @Override
    public String getDomain() {
      return application.getDomain();
    }
  }
}
