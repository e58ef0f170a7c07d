package io.evenkeel.ops;

import jakarta.servlet.http.HttpServletResponse;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.SocketEvent;

/**
 * Tomcat's HTTP/1.1 for one connection, except that a refusal doesn't cost the connection. By
 * itself Tomcat closes it after each 503, so that under overload, when there is least to spare,
 * each refused caller would have to connect again, which costs more than the refusal.
 *
 * <p>Whether the connection is kept depends on the status alone, and is looked at twice: when the
 * headers are made, and when the request is over. Both times the status is disguised; in between it
 * is written, and logged, as what it is. For the one thread that handles the connection.
 */
final class KeepingProcessor extends Http11Processor {
  private static final int REFUSED = HttpServletResponse.SC_SERVICE_UNAVAILABLE;

  /** Any status that has a body, and after which Tomcat keeps the connection. */
  private static final int DISGUISE = 599;

  KeepingProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
    super(protocol, new KeepingAdapter(adapter));
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
  private record KeepingAdapter(Adapter application) implements Adapter {
    @Override
    public void service(Request request, Response response) throws Exception {
      application.service(request, response);
      disguise(response);
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
