package io.evenkeel.security;

import io.evenkeel.security.Recognition.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who calls: by an API key or a token in the header {@code Authorization}, else by the
 * client's certificate. Thread-safe.
 */
public final class Gatekeeper implements AutoCloseable {
  private static final String BEARER = "Bearer ";

  private final boolean guards;
  private final boolean openProbes;
  private final @Nullable ApiKeys keys;
  private final @Nullable KeysWatch watch;
  private final @Nullable Tokens tokens;
  private final Certificates certificates;
  private final FailureDelay delay;
  private final InstantSource clock;
  private final Map<Reason, Counter> failures = new EnumMap<>(Reason.class);

  /**
   * Begins to watch the file of keys, if there is one.
   *
   * @throws UnusableKeysException if it can't be used
   */
  public Gatekeeper(SecurityProperties settings, InstantSource clock, MeterRegistry meters) {
    this.guards = settings.knowsCallers();
    this.openProbes = settings.openProbes();
    this.keys = settings.hasKeys() ? new ApiKeys(new KeyFile(settings.keys())) : null;
    this.watch = keys == null ? null : new KeysWatch(keys, settings.poll());
    this.tokens = settings.jwt() == null ? null : new Tokens(settings.jwt());
    this.certificates = new Certificates(settings.certificates());
    this.delay = new FailureDelay(settings.failureDelay());
    this.clock = clock;
    Gauge.builder("evenkeel.keys.refused", this, found -> found.hasUsableKeys() ? 0 : 1)
        .description("1 while the file of keys can't be used, and the keys are as they were before")
        .register(meters);
    for (Reason reason : Reason.values()) {
      failures.put(
          reason,
          Counter.builder("evenkeel.auth.failures")
              .description("Calls whose caller couldn't prove who it is")
              .tags("reason", reason.word())
              .register(meters));
    }
  }

  private boolean hasUsableKeys() {
    return keys == null || keys.isUsable();
  }

  /** Whether callers have to prove who they are. */
  public boolean guards() {
    return guards;
  }

  /** Whether liveness and readiness are told to anybody. */
  public boolean hasOpenProbes() {
    return openProbes;
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }

  /** A certificate that TLS has found genuine. Asked for only where there is no header. */
  public interface ClientCertificate {
    /** The client's own; null where it has none. */
    @Nullable X509Certificate find();
  }

  /**
   * Who calls. Keeps the caller waiting for a while where it brings a wrong credential.
   *
   * @param authorization the header of this name; null where there is none
   */
  public Recognition recognise(@Nullable String authorization, ClientCertificate certificate) {
    Recognition found = look(authorization, certificate);
    return found instanceof Recognition.Refused(Reason reason) ? refuse(reason) : found;
  }

  private Recognition look(@Nullable String authorization, ClientCertificate certificate) {
    if (authorization == null) {
      X509Certificate found = certificate.find();
      return found == null
          ? new Recognition.Refused(Reason.MISSING)
          : certificates.recognise(found);
    }
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return new Recognition.Refused(Reason.MALFORMED);
    }
    String text = authorization.substring(BEARER.length()).strip();
    if (text.startsWith(KeyText.START)) {
      return keys == null
          ? new Recognition.Refused(Reason.UNKNOWN_KEY)
          : keys.recognise(text, clock.instant());
    }
    return tokens == null
        ? new Recognition.Refused(Reason.MALFORMED)
        : tokens.recognise(text, clock.instant());
  }

  /** Counts a failure, and keeps its caller waiting where it brings a wrong credential. */
  public Recognition refuse(Reason reason) {
    Objects.requireNonNull(failures.get(reason)).increment();
    // Who brings nothing isn't guessing.
    boolean isTold = reason == Reason.MISSING || delay.tryWait();
    return isTold ? new Recognition.Refused(reason) : new Recognition.Crowded();
  }
}
