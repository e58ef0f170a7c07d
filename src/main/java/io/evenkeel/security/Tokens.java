package io.evenkeel.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Callers by tokens that an identity provider has signed (OAuth 2, JWT). Its public keys are kept
 * for some minutes, fetched again in good time and when a token names one that isn't known, and
 * used on for a while if they can't be fetched. Thread-safe.
 */
final class Tokens {
  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
  private static final Duration KEYS_ARE_FRESH = Duration.ofMinutes(5);
  private static final Duration FETCHING_TAKES = Duration.ofSeconds(15);
  private static final Duration AHEAD = Duration.ofMinutes(1);

  /** How soon again a token may make us fetch, lest made-up names of keys drive us. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final Duration OUTAGE = Duration.ofHours(4);
  private static final int CONNECT_MILLIS = 1_000;
  private static final int READ_MILLIS = 2_000;
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_KEPT = 10_000;
  private static final int LONGEST_NAME = 128;

  /** All with a public key: whoever can check a token can't make one. */
  private static final Set<SignatureAlgorithm> ALGORITHMS =
      Set.of(
          SignatureAlgorithm.RS256,
          SignatureAlgorithm.RS384,
          SignatureAlgorithm.RS512,
          SignatureAlgorithm.PS256,
          SignatureAlgorithm.PS384,
          SignatureAlgorithm.PS512,
          SignatureAlgorithm.ES256,
          SignatureAlgorithm.ES384,
          SignatureAlgorithm.ES512);

  /** RFC 9068 has a type of its own for tokens that give access; few providers say it. */
  private static final DefaultJOSEObjectTypeVerifier<SecurityContext> TYPES =
      new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null);

  private final SecurityProperties.Jwt settings;
  private final NimbusJwtDecoder decoder;

  /** By their digest, so that no token lies about in memory. */
  private final Cache<String, Good> good;

  private record Good(KnownCaller caller, Instant until) {}

  Tokens(SecurityProperties.Jwt settings) {
    this.settings = settings;
    this.decoder =
        NimbusJwtDecoder.withJwkSource(keys(location(settings.jwkSetUri())))
            .jwsAlgorithms(algorithms -> algorithms.addAll(ALGORITHMS))
            .jwtProcessorCustomizer(processor -> processor.setJWSTypeVerifier(TYPES))
            .build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            List.of(
                new JwtTimestampValidator(settings.clockSkew()),
                new JwtIssuerValidator(settings.issuer()),
                new JwtAudienceValidator(settings.audience()))));
    this.good =
        Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfterWrite(settings.cache()).build();
  }

  private static URL location(String text) {
    try {
      URI uri = URI.create(text);
      boolean isSafe =
          "https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme()) && isLoopback(uri.getHost()));
      if (isSafe) {
        return uri.toURL();
      }
    } catch (IllegalArgumentException | MalformedURLException e) {
      // As if it weren't https: told below.
    }
    throw new IllegalArgumentException(
        "evenkeel.security.jwt.jwk-set-uri must be an https address (http is for this machine"
            + " only): whoever can change the keys on their way can be anybody");
  }

  private static boolean isLoopback(@Nullable String host) {
    try {
      return host != null
          && (host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static JWKSource<SecurityContext> keys(URL location) {
    return JWKSourceBuilder.<SecurityContext>create(
            location, new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES))
        .cache(KEYS_ARE_FRESH.toMillis(), FETCHING_TAKES.toMillis())
        .refreshAheadCache(AHEAD.toMillis(), false)
        .rateLimited(PAUSE.toMillis())
        .retrying(true)
        .outageTolerant(OUTAGE.toMillis())
        .build();
  }

  /** Whose token it is. */
  Recognition recognise(String token, Instant now) {
    String digest = digest(token);
    Good known = good.getIfPresent(digest);
    if (known != null && now.isBefore(known.until())) {
      return new Recognition.Known(known.caller());
    }
    try {
      Jwt jwt = decoder.decode(token);
      String name = jwt.getClaimAsString(settings.callerClaim());
      Instant end = jwt.getExpiresAt();
      if (name == null || end == null || !isName(name)) {
        LOG.debug("A good token has no usable claim `{}`", settings.callerClaim());
        return new Recognition.Refused(Recognition.Reason.TOKEN);
      }
      KnownCaller caller = new KnownCaller(name, Grants.amongOthers(scopes(jwt)));
      good.put(digest, new Good(caller, end.plus(settings.clockSkew())));
      return new Recognition.Known(caller);
    } catch (BadJwtException e) {
      LOG.debug("A token was refused: {}", e.getMessage());
      return new Recognition.Refused(Recognition.Reason.TOKEN);
    } catch (JwtException e) {
      if (!isTooSoon(e)) {
        LOG.warn("The identity provider's keys can't be had: {}", e.getMessage());
      }
      return new Recognition.Unavailable();
    }
  }

  /** Whether nobody was asked, because somebody was just now. */
  private static boolean isTooSoon(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof RateLimitReachedException) {
        return true;
      }
    }
    return false;
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && name.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  private Collection<String> scopes(Jwt jwt) {
    Object claim = jwt.getClaims().get(settings.scopesClaim());
    return switch (claim) {
      case String text -> List.of(text.split(" "));
      case Collection<?> texts -> texts.stream().map(String::valueOf).toList();
      case null, default -> List.of();
    };
  }

  private static String digest(String token) {
    try {
      byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
