package io.evenkeel.api;

import io.evenkeel.security.KeyFile;
import io.evenkeel.security.KeyRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** A server that knows its callers: by keys, and by tokens of an identity provider. */
final class GuardedServer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  static final IdentityProvider PROVIDER = new IdentityProvider();
  private static final KeyFile FILE = new KeyFile(newFile());
  static final KeyRing RING = new KeyRing(FILE, InstantSource.system());

  /** Whose keys end a day before they are used. */
  private static final KeyRing YESTERDAY =
      new KeyRing(FILE, InstantSource.offset(InstantSource.system(), Duration.ofDays(-2)));

  private static Path newFile() {
    try {
      Path folder = Files.createTempDirectory("guarded-server");
      folder.toFile().deleteOnExit();
      return folder.resolve("keys.json");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new key that the server knows within a moment. */
  static KeyRing.Made newKey(String name, String... scopes) {
    return RING.create(name, List.of(scopes), null);
  }

  static KeyRing.Made expiredKey(String name, String... scopes) {
    return YESTERDAY.create(name, List.of(scopes), Duration.ofDays(1));
  }

  /** The header that brings a key or token; none where there is neither. */
  static String[] bringing(@Nullable String credential) {
    return credential == null
        ? new String[0]
        : new String[] {"Authorization", "Bearer " + credential};
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    var ignored = newKey("first", "read");
    TestPropertyValues.of(
            "evenkeel.security.keys=" + FILE.path(),
            "evenkeel.security.poll=10ms",
            "evenkeel.security.failure-delay=0s",
            "evenkeel.security.open-probes=true",
            // As the server sets it itself where it knows of callers before it reads settings.
            "management.endpoint.health.show-details=when-authorized",
            "evenkeel.security.jwt.issuer=" + IdentityProvider.ISSUER,
            "evenkeel.security.jwt.audience=" + IdentityProvider.AUDIENCE,
            "evenkeel.security.jwt.jwk-set-uri=" + PROVIDER.keysUri(),
            "evenkeel.security.quotas[0].callers=thrifty",
            "evenkeel.security.quotas[0].requests=2",
            "evenkeel.security.quotas[0].per=1h")
        .applyTo(context);
  }
}
