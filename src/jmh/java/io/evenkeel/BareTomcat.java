package io.evenkeel;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Tomcat with our settings and nothing of ours: a servlet that reads the body and answers a
 * constant, and its one caller. What this allocates is the container's share.
 */
@State(Scope.Benchmark)
public class BareTomcat {
  private final Tomcat tomcat = started();
  private final KeptConnection connection =
      new KeptConnection(tomcat.getConnector().getLocalPort(), RunningServer.body());

  private static Tomcat started() {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir("target/jmh/tomcat");
    tomcat.setConnector(connector());
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "constant", new Constant()).addMapping("/v1/*");
    try {
      tomcat.start();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
    return tomcat;
  }

  private static Connector connector() {
    Connector connector = new Connector();
    connector.setProperty("address", "127.0.0.1");
    connector.setPort(0);
    connector.setProperty("maxKeepAliveRequests", "-1");
    ((AbstractProtocol<?>) connector.getProtocolHandler())
        .setExecutor(new VirtualThreadExecutor("constant-"));
    return connector;
  }

  final int call() throws IOException {
    return connection.call();
  }

  @TearDown
  public final void stop() throws IOException, LifecycleException {
    connection.close();
    tomcat.stop();
  }

  private static final class Constant extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final byte[] ANSWER =
        """
        {"id":"0199b0ba-a5e3-7c8b-b2c1-86c3b416dc18","model":"breast-cancer","version":"1","contract":"979297adecbd",\
        "prediction":{"label":"malignant","probabilities":{"malignant":0.99,"benign":0.01},"confidence":0.99},\
        "degraded":false,"warnings":[]}\
        """
            .getBytes(StandardCharsets.UTF_8);

    private final byte[] discarded = new byte[4096];

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      InputStream body = request.getInputStream();
      while (body.read(discarded) >= 0) {
        // The container's share is to read it.
      }
      response.setContentType("application/json");
      response.setContentLength(ANSWER.length);
      response.getOutputStream().write(ANSWER);
    }
  }
}
