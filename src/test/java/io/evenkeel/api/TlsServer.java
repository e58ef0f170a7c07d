package io.evenkeel.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A server that speaks TLS, and knows a caller by its certificate. The one who issues tokens for it
 * can't be reached.
 */
final class TlsServer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  private static final Path FOLDER = newFolder();
  private static final Path OF_SERVER = FOLDER.resolve("server.p12");
  private static final Path TRUSTED = FOLDER.resolve("trusted.p12");

  static final Certificate KNOWN =
      Certificate.make(FOLDER.resolve("known.p12"), "CN=scoring, O=Example");
  static final Certificate UNLISTED =
      Certificate.make(FOLDER.resolve("unlisted.p12"), "CN=unlisted, O=Example");
  static final Certificate UNTRUSTED =
      Certificate.make(FOLDER.resolve("untrusted.p12"), "CN=scoring, O=Example");

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("tls-server");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server's certificate is another one from now on. */
  static Certificate renew(int number) {
    Certificate fresh =
        Certificate.make(FOLDER.resolve("server-" + number + ".p12"), "CN=server-" + number);
    try {
      Path copy = Files.copy(fresh.store(), FOLDER.resolve("server.new"));
      Files.move(
          copy, OF_SERVER, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return fresh;
  }

  private static void trust(Certificate... certificates) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      for (Certificate one : certificates) {
        trusted.setCertificateEntry(one.store().getFileName().toString(), one.certificate());
      }
      try (var out = Files.newOutputStream(TRUSTED)) {
        trusted.store(out, Certificate.PASSWORD.toCharArray());
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    var ignored = renew(0);
    trust(KNOWN, UNLISTED);
    String bundle = "spring.ssl.bundle.jks.server.";
    TestPropertyValues.of(
            "server.ssl.bundle=server",
            "server.ssl.client-auth=want",
            bundle + "reload-on-update=true",
            bundle + "keystore.location=file:" + OF_SERVER,
            bundle + "keystore.password=" + Certificate.PASSWORD,
            bundle + "truststore.location=file:" + TRUSTED,
            bundle + "truststore.password=" + Certificate.PASSWORD,
            "spring.ssl.bundle.watch.file.quiet-period=100ms",
            "evenkeel.security.failure-delay=500ms",
            "evenkeel.security.jwt.issuer=" + IdentityProvider.ISSUER,
            "evenkeel.security.jwt.audience=" + IdentityProvider.AUDIENCE,
            // Nothing listens there.
            "evenkeel.security.jwt.jwk-set-uri=http://127.0.0.1:1/keys",
            "evenkeel.security.certificates[0].subject=cn=scoring,o=Example",
            "evenkeel.security.certificates[0].name=scoring",
            "evenkeel.security.certificates[0].scopes=predict:m")
        .applyTo(context);
  }
}
