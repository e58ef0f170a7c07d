package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ContextConfiguration;

/** Callers who are known by their certificates, and a server whose own is renewed. */
@ServingTest
@ContextConfiguration(initializers = {AdminModels.class, TlsServer.class})
class CertificateHttpTest {
  private static final byte[] BODY = "{\"instance\": {\"x\": 4}}".getBytes(StandardCharsets.UTF_8);
  private static final int CLIENTS = 3;

  private final Caller caller;

  CertificateHttpTest(Caller caller) {
    this.caller = caller;
  }

  /** Trusts every server, and notes whose certificate it has shown. */
  private static final class Noting implements X509TrustManager {
    private final Set<BigInteger> shown = ConcurrentHashMap.newKeySet();

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String how) {
      shown.add(chain[0].getSerialNumber());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String how) {
      throw new UnsupportedOperationException("it is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static SSLContext tls(@Nullable Certificate own, Noting trust) throws Exception {
    KeyManager[] keys = null;
    if (own != null) {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(own.keys(), Certificate.PASSWORD.toCharArray());
      keys = factory.getKeyManagers();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, new TrustManager[] {trust}, new SecureRandom());
    return context;
  }

  /** Asks over a connection of its own. Returns the status. */
  private int predict(SSLContext tls, String path) throws IOException {
    HttpsURLConnection connection =
        (HttpsURLConnection)
            URI.create("https://127.0.0.1:" + caller.port() + path).toURL().openConnection();
    connection.setSSLSocketFactory(tls.getSocketFactory());
    connection.setHostnameVerifier((host, session) -> true);
    connection.setRequestProperty("Connection", "close");
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setDoOutput(true);
    try (var out = connection.getOutputStream()) {
      out.write(BODY);
    }
    int status = connection.getResponseCode();
    try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      in.readAllBytes();
    }
    return status;
  }

  @Test
  void aCertificateIsAsGoodAsAKey() throws Exception {
    SSLContext known = tls(TlsServer.KNOWN, new Noting());
    assertThat(predict(known, "/v1/predict")).isEqualTo(200);
    assertThat(predict(known, "/v1/models/other/predict")).isEqualTo(403);
    assertThat(predict(tls(null, new Noting()), "/v1/predict")).isEqualTo(401);
    assertThat(predict(tls(TlsServer.UNLISTED, new Noting()), "/v1/predict")).isEqualTo(401);
  }

  @Test
  void aCertificateThatNobodyTrustsGetsNoAnswer() throws Exception {
    SSLContext untrusted = tls(TlsServer.UNTRUSTED, new Noting());
    assertThatIOException().isThrownBy(() -> predict(untrusted, "/v1/predict"));
  }

  @Test
  void theServersCertificateIsRenewedUnderLoadWithoutAFailedRequest() throws Exception {
    Noting seen = new Noting();
    SSLContext known = tls(TlsServer.KNOWN, seen);
    AtomicBoolean goesOn = new AtomicBoolean(true);
    AtomicInteger asked = new AtomicInteger();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> asking = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        asking.add(
            clients.submit(() -> {
              while (goesOn.get()) {
                assertThat(predict(known, "/v1/predict")).isEqualTo(200);
                asked.incrementAndGet();
              }
              return null;
            }));
      }
      try {
        for (int i = 1; i <= 3; i++) {
          BigInteger fresh = TlsServer.renew(i).certificate().getSerialNumber();
          Await.until(() -> {
            failEarly(asking);
            return seen.shown.contains(fresh);
          });
          int before = asked.get();
          Await.until(() -> asked.get() > before + 5 * CLIENTS);
        }
      } finally {
        goesOn.set(false);
      }
      for (Future<?> client : asking) {
        client.get();
      }
    }
  }

  private static void failEarly(List<Future<?>> asking) {
    for (Future<?> client : asking) {
      assertThat(client.isDone()).as("a client has given up").isFalse();
    }
  }
}
