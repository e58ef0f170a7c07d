package io.evenkeel.ops;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Hands refusals to {@link KeepingProcessor} before their headers are made. Thread-safe. */
@Component
final class KeepingValve extends ValveBase
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  KeepingValve() {
    super(true);
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addEngineValves(this);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
    if (!response.isCommitted()) {
      KeepingProcessor.disguise(response.getCoyoteResponse());
    }
  }
}
