package io.evenkeel.api;

import static io.evenkeel.api.GuardedServer.bringing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.evenkeel.Await;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ContextConfiguration;

/**
 * Callers who are known by their certificates, and a server whose own is renewed. Its identity
 * provider can't be reached, and wrong credentials are answered late.
 */
@ServingTest
@ContextConfiguration(initializers = {AdminModels.class, TlsServer.class})
class CertificateHttpTest {
  private static final byte[] BODY = "{\"instance\": {\"x\": 4}}".getBytes(StandardCharsets.UTF_8);
  private static final int CLIENTS = 3;

  /** More than may wait for their refusals at once. */
  private static final int GUESSERS = 160;

  private final Caller caller;

  CertificateHttpTest(Caller caller) {
    this.caller = caller;
  }

  /** Trusts every server, whatever its name, and notes whose certificate it has shown. */
  private static final class Noting extends X509ExtendedTrustManager {
    private final Set<BigInteger> shown = ConcurrentHashMap.newKeySet();

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String how) {
      shown.add(chain[0].getSerialNumber());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String how, Socket over) {
      checkServerTrusted(chain, how);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String how, SSLEngine over) {
      checkServerTrusted(chain, how);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String how, Socket over) {
      checkClientTrusted(chain, how);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String how, SSLEngine over) {
      checkClientTrusted(chain, how);
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
    UnderLoad.run(
        CLIENTS,
        () -> assertThat(predict(known, "/v1/predict")).isEqualTo(200),
        load -> {
          for (int i = 1; i <= 2; i++) {
            BigInteger fresh = TlsServer.renew(i).certificate().getSerialNumber();
            load.until(() -> seen.shown.contains(fresh));
            load.goOn(5);
          }
        });
  }

  /** Asks over kept connections, with a key or token in place of a certificate. */
  private Answer predictWith(String credential, HttpClient client)
      throws IOException, InterruptedException {
    return Answer.of(
        client.send(
            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + caller.port() + "/v1/predict"))
                .timeout(Duration.ofSeconds(20))
                .headers(bringing(credential))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(BODY))
                .build(),
            HttpResponse.BodyHandlers.ofString()));
  }

  private static HttpClient stranger() throws Exception {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(tls(null, new Noting()))
        .build();
  }

  @Test
  void nobodyIsCalledAnImpostorWhereTheProvidersKeysCannotBeHad() throws Exception {
    try (HttpClient client = stranger()) {
      Answer answer = predictWith(GuardedServer.PROVIDER.token("grace", "predict"), client);

      assertThat(answer.status()).as(answer.body()).isEqualTo(503);
      assertThat(answer.kind()).isEqualTo("identity-unavailable");
      assertThat(answer.header("Retry-After")).isEqualTo("2");
    }
    assertThat(predict(tls(TlsServer.KNOWN, new Noting()), "/v1/predict"))
        .as("others are known all the same")
        .isEqualTo(200);
  }

  @Test
  void whoeverGuessesInACrowdIsSentAwayAndOthersAreServed() throws Exception {
    String wrong = "ek_00000000_" + "0".repeat(50);
    Queue<Answer> refused = new ConcurrentLinkedQueue<>();
    AtomicBoolean isCrowded = new AtomicBoolean();
    try (HttpClient client = stranger()) {
      List<Future<?>> guessing = new ArrayList<>();
      try (ExecutorService guessers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < GUESSERS; i++) {
          guessing.add(
              guessers.submit(() -> {
                while (!isCrowded.get()) {
                  Answer answer = predictWith(wrong, client);
                  refused.add(answer);
                  isCrowded.compareAndSet(false, answer.status() == 429);
                }
                return null;
              }));
        }
        try {
          Await.until(isCrowded::get);
          assertThat(predict(tls(TlsServer.KNOWN, new Noting()), "/v1/predict")).isEqualTo(200);
        } finally {
          isCrowded.set(true);
        }
      }
      for (Future<?> guesser : guessing) {
        guesser.get();
      }
      assertThat(predictWith(wrong, client).status()).as("there is room again").isEqualTo(401);
    }
    assertThat(refused)
        .allSatisfy(answer -> assertThat(answer.status()).as(answer.body()).isIn(401, 429))
        .filteredOn(answer -> answer.status() == 429)
        .isNotEmpty()
        .allSatisfy(answer -> {
          assertThat(answer.kind()).isEqualTo("quota-exceeded");
          assertThat(answer.json().get("quota").asString()).isEqualTo("failures");
          assertThat(answer.header("Retry-After")).isEqualTo("1");
        });
  }
}
