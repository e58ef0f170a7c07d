package io.evenkeel.ops;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/**
 * The port that serves requests, and how it closes without losing one. Tomcat's own graceful
 * shutdown answers what is being served, but closes connections whose request it has not begun to
 * read; so this comes first and leaves it nothing to lose.
 */
@Component
final class Port {
  /** An arrival this long ago means that nobody is just connecting. */
  private static final Duration QUIET = Duration.ofMillis(10);

  private static final Duration LONGEST_WAIT_FOR_QUIET = Duration.ofMillis(200);

  /** From the kernel's queue through Tomcat to the gate: far longer than that takes. */
  private static final Duration ON_ITS_WAY = Duration.ofMillis(500);

  private final ApplicationContext context;
  private final RequestGate gate;

  Port(ApplicationContext context, RequestGate gate) {
    this.context = context;
    this.gate = gate;
  }

  /** From now on each answer says that it is the last of its connection. */
  void announceClosing() {
    for (Connector connector : connectors()) {
      if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
        http.setMaxKeepAliveRequests(1);
      }
    }
  }

  /** Accepts no further connections; all that have been accepted are served. */
  void stopListening() {
    gate.hold();
    try {
      awaitQuiet();
      connectors().forEach(connector -> connector.getProtocolHandler().closeServerSocketGraceful());
    } finally {
      gate.open();
    }
  }

  private void awaitQuiet() {
    long end = System.nanoTime() + LONGEST_WAIT_FOR_QUIET.toNanos();
    long before;
    do {
      before = gate.arrivals();
      LockSupport.parkNanos(QUIET.toNanos());
    } while (gate.arrivals() > before && System.nanoTime() - end < 0);
  }

  /**
   * Waits until each request is answered and its connection closed. A connection that has been idle
   * all the time is not waited for.
   *
   * @return whether that was so within the time
   */
  boolean awaitAnswers(Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    do {
      for (Connector connector : connectors()) {
        connector.getProtocolHandler().awaitConnectionsClose(ON_ITS_WAY.toMillis());
      }
    } while (gate.isBusy() && System.nanoTime() - end < 0);
    return !gate.isBusy();
  }

  private List<Connector> connectors() {
    return context instanceof WebServerApplicationContext web
            && web.getWebServer() instanceof TomcatWebServer server
        ? Arrays.asList(server.getTomcat().getService().findConnectors())
        : List.of();
  }
}
