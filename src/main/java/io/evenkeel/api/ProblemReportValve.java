package io.evenkeel.api;

import io.evenkeel.serving.Stopwatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Answers with a problem where Tomcat would with a page of its own: requests that are refused
 * before they reach an application, such as a path that is no UTF-8. Thread-safe.
 */
@Component
final class ProblemReportValve extends ErrorReportValve
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  private static final int FIRST_ERROR = 400;

  private final Answers answers;

  ProblemReportValve(Answers answers) {
    this.answers = answers;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addContextCustomizers(context -> context.getParent().getPipeline().addValve(this));
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable cause) {
    int status = response.getStatus();
    if (status < FIRST_ERROR || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    try {
      answers.problem(
          new Exchange(
              request.getRequest(),
              response.getResponse(),
              new Stopwatch(System.nanoTime()),
              Ids.next()),
          ErrorServlet.problem(status));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
