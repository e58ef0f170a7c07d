package io.evenkeel.api;

import io.evenkeel.security.KnownCaller;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Hands each request its {@link Connection}, which the servlet API has no name for. Thread-safe.
 */
@Component
final class ConnectionValve extends ValveBase
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  private static final String ATTRIBUTE = Connection.class.getName();

  ConnectionValve() {
    super(true);
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addEngineValves(this);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    request.setAttribute(ATTRIBUTE, new Connection(request.getCoyoteRequest()));
    getNext().invoke(request, response);
  }

  /** The connection of a request that came through Tomcat. */
  static Connection of(HttpServletRequest request) {
    return (Connection) Objects.requireNonNull(request.getAttribute(ATTRIBUTE), "set by the valve");
  }

  /** Who calls, as far as is known; null where nobody has to say. */
  static @Nullable KnownCaller caller(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Connection connection
        ? connection.caller()
        : null;
  }
}
