package io.evenkeel.api;

import io.evenkeel.Await;
import io.evenkeel.control.RouteControl;
import io.evenkeel.registry.ModelRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Calls the server under test as a client would, each time once: a request that gets no answer is
 * not sent again. The JDK's own client won't do: now and then it takes an answer that comes fast
 * for data nobody asked for, and closes the connection.
 */
final class Caller implements AutoCloseable {
  static final String[] JSON = {"Content-Type", "application/json"};
  static final byte[] NO_BODY = {};
  private static final Timeout LONGEST = Timeout.ofSeconds(20);
  private static final int MOST_CONNECTIONS = 100;

  private final CloseableHttpClient client =
      HttpClients.custom()
          .setConnectionManager(
              PoolingHttpClientConnectionManagerBuilder.create()
                  .setMaxConnTotal(MOST_CONNECTIONS)
                  .setMaxConnPerRoute(MOST_CONNECTIONS)
                  .setDefaultConnectionConfig(
                      ConnectionConfig.custom().setConnectTimeout(LONGEST).build())
                  .build())
          .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(LONGEST).build())
          .disableAutomaticRetries()
          .disableRedirectHandling()
          .disableContentCompression()
          .disableCookieManagement()
          .build();
  private final Environment environment;
  private final ModelRegistry models;
  private final RouteControl control;

  Caller(Environment environment, ModelRegistry models, RouteControl control) {
    this.environment = environment;
    this.models = models;
    this.control = control;
  }

  /** The server's port, once all models are loaded and the routes are known. */
  int port() {
    try {
      if (!models.awaitLoaded(Duration.ofMinutes(1))) {
        throw new IllegalStateException("the models took longer than a minute to load");
      }
      Await.until(control::isOpen);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return environment.getRequiredProperty("local.server.port", Integer.class);
  }

  Answer get(String path, String... headers) {
    return send("GET", path, NO_BODY, headers);
  }

  /** The same from the port of the operations. */
  Answer getOperations(String path, String... headers) {
    int started = port();
    int port = environment.getProperty("local.management.port", Integer.class, started);
    return send(port, "GET", path, null, headers);
  }

  Answer post(String path, String json) {
    return post(path, json.getBytes(StandardCharsets.UTF_8), JSON);
  }

  /**
   * @param headers names and values in turn
   */
  Answer post(String path, byte[] body, String... headers) {
    return send("POST", path, body, headers);
  }

  /** The same without a Content-Length. */
  Answer postChunked(String path, byte[] body) {
    HttpEntity chunks = new InputStreamEntity(new ByteArrayInputStream(body), null);
    return send(port(), "POST", path, chunks, JSON);
  }

  Answer send(String method, String path, String body, String... headers) {
    return send(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  Answer send(String method, String path, byte[] body, String... headers) {
    HttpEntity entity = body.length == 0 ? null : new ByteArrayEntity(body, null);
    return send(port(), method, path, entity, headers);
  }

  private Answer send(
      int port, String method, String path, @Nullable HttpEntity body, String... headers) {
    HttpUriRequestBase request =
        new HttpUriRequestBase(method, URI.create("http://localhost:" + port + path));
    request.setEntity(body);
    for (int i = 0; i < headers.length; i += 2) {
      request.addHeader(headers[i], headers[i + 1]);
    }
    try {
      return client.execute(request, Caller::answer);
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path + " got no answer", e);
    }
  }

  private static Answer answer(ClassicHttpResponse response) throws IOException, HttpException {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : response.getHeaders()) {
      headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
    }
    HttpEntity body = response.getEntity();
    return new Answer(
        response.getCode(),
        headers,
        body == null ? "" : EntityUtils.toString(body, StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    client.close(CloseMode.GRACEFUL);
  }
}
