package io.evenkeel.api;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * The headers that tell browsers and caches to do nothing clever with an answer (OWASP, "REST
 * security cheat sheet"). Only the page that shows the API may load scripts, and only from here.
 * There are none of CORS: pages from elsewhere may not read an answer. Thread-safe.
 */
@Component
final class SafeguardHeaders extends ValveBase
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  private static final String CONTENT_POLICY = "Content-Security-Policy";

  private static final List<Fixed> ALL =
      List.of(
          new Fixed("X-Content-Type-Options", "nosniff"),
          new Fixed("Cache-Control", "no-store"),
          new Fixed("Referrer-Policy", "no-referrer"));

  private static final Fixed CLOSED =
      new Fixed(CONTENT_POLICY, "default-src 'none'; frame-ancestors 'none'");

  private static final Fixed API_PAGE =
      new Fixed(
          CONTENT_POLICY,
          "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
              + " frame-ancestors 'none'");

  private static final Fixed TRANSPORT = new Fixed("Strict-Transport-Security", "max-age=31536000");

  SafeguardHeaders() {
    super(true);
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addEngineValves(this);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    MimeHeaders headers = response.getCoyoteResponse().getMimeHeaders();
    for (Fixed header : ALL) {
      header.add(headers);
    }
    (isApiPage(request.getDecodedRequestURI()) ? API_PAGE : CLOSED).add(headers);
    if (request.isSecure()) {
      TRANSPORT.add(headers);
    }
    getNext().invoke(request, response);
  }

  /**
   * @param path null of a request that is no HTTP
   */
  private static boolean isApiPage(@Nullable String path) {
    return path != null && (path.startsWith("/swagger-ui") || path.equals("/docs"));
  }

  /** A header as bytes, which Tomcat writes as they are: texts would be encoded for each answer. */
  private static final class Fixed {
    private final byte[] name;
    private final byte[] value;

    Fixed(String name, String value) {
      this.name = name.getBytes(StandardCharsets.US_ASCII);
      this.value = value.getBytes(StandardCharsets.US_ASCII);
    }

    void add(MimeHeaders headers) {
      headers.addValue(name, 0, name.length).setBytes(value, 0, value.length);
    }
  }
}
