package io.evenkeel.api;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Issues tokens, and publishes the keys that prove them. */
final class IdentityProvider implements AutoCloseable {
  static final String ISSUER = "https://id.example";
  static final String AUDIENCE = "evenkeel";
  private static final int KEY_BITS = 2048;

  private final HttpServer server;
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile List<RSAKey> published = List.of();
  private volatile RSAKey signing;

  IdentityProvider() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    signing = newKey();
    published = List.of(signing);
    server.createContext(
        "/keys",
        exchange -> {
          fetches.incrementAndGet();
          byte[] body =
              new JWKSet(List.copyOf(published)).toString(true).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
  }

  private static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(KEY_BITS).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  String keysUri() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
  }

  int fetches() {
    return fetches.get();
  }

  /** Signs with a new key from now on; the ones before stay published. */
  void rotate() {
    RSAKey next = newKey();
    List<RSAKey> both = new ArrayList<>(published);
    both.add(next);
    published = both;
    signing = next;
  }

  /** A token of a caller, as the server wants it. */
  String token(String caller, String scopes) {
    return token(caller, scopes, claims -> claims);
  }

  String token(String caller, String scopes, UnaryOperator<JWTClaimsSet.Builder> change) {
    Instant now = Instant.now();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(AUDIENCE)
            .subject(caller)
            .claim("scope", scopes)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(600)));
    return sign(change.apply(claims).build(), signing, JOSEObjectType.JWT);
  }

  /** The same of the type that RFC 9068 has for such tokens. */
  String accessToken(String caller, String scopes) {
    try {
      return sign(
          SignedJWT.parse(token(caller, scopes)).getJWTClaimsSet(),
          signing,
          new JOSEObjectType("at+jwt"));
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same, signed with a key that nobody has published. */
  String forged(String caller, String scopes) {
    Instant now = Instant.now();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(AUDIENCE)
            .subject(caller)
            .claim("scope", scopes)
            .expirationTime(Date.from(now.plusSeconds(600)))
            .build();
    RSAKey known = signing;
    RSAKey other = newKey();
    return sign(
        claims, new RSAKey.Builder(other).keyID(known.getKeyID()).build(), JOSEObjectType.JWT);
  }

  private static String sign(JWTClaimsSet claims, RSAKey key, JOSEObjectType type) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).type(type).build(),
              claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
