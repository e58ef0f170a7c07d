package io.evenkeel.security;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How callers prove who they are. Where none of this is set, nobody has to, and the server is
 * reached from its own machine only.
 *
 * @param open whether anybody who reaches the server may use it, from wherever; for demonstrations,
 *     and behind a gateway that knows the callers
 * @param keys the file of API keys, which `evenkeel key` makes; where it isn't there, there are no
 *     keys
 * @param poll how often that file is looked at
 * @param openProbes whether liveness and readiness may be asked without a credential
 * @param failureDelay how long the answer to a wrong credential is kept back
 * @param jwt tokens of an identity provider; docs/security.md has the keys
 * @param certificates client certificates that are known; docs/security.md has the keys of each
 * @param quotas how much callers may ask for; docs/security.md has the keys of each
 */
@ConfigurationProperties("evenkeel.security")
public record SecurityProperties(
    @DefaultValue("false") boolean open,
    @DefaultValue("keys.json") Path keys,
    @DefaultValue("2s") Duration poll,
    @DefaultValue("false") boolean openProbes,
    @DefaultValue("200ms") Duration failureDelay,
    @Nullable Jwt jwt,
    @DefaultValue List<Certificate> certificates,
    @DefaultValue List<Quota> quotas) {
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

  public SecurityProperties {
    certificates = List.copyOf(certificates);
    quotas = List.copyOf(quotas);
    if (!poll.isPositive()) {
      throw new IllegalArgumentException("evenkeel.security.poll must be longer than nothing");
    }
    if (failureDelay.isNegative() || failureDelay.compareTo(LONGEST_DELAY) > 0) {
      throw new IllegalArgumentException(
          "evenkeel.security.failure-delay must be between 0s and 10s");
    }
  }

  /** Whether there is any way for callers to prove who they are. */
  public boolean knowsCallers() {
    return hasKeys() || jwt != null || !certificates.isEmpty();
  }

  /** Whether there is a file of keys. */
  public boolean hasKeys() {
    return Files.exists(keys);
  }

  /**
   * Tokens of an identity provider.
   *
   * @param issuer who must have issued a token (`iss`)
   * @param audience whom it must have been issued for (`aud`)
   * @param jwkSetUri where the issuer's public keys are
   * @param clockSkew how far the clocks of issuer and server may be apart
   * @param callerClaim the claim that holds the caller's name
   * @param scopesClaim the claim that holds its scopes, as a list or a text with blanks between
   * @param cache how long a token that was found good isn't looked at again
   */
  public record Jwt(
      @DefaultValue("") String issuer,
      @DefaultValue("") String audience,
      @DefaultValue("") String jwkSetUri,
      @DefaultValue("60s") Duration clockSkew,
      @DefaultValue("sub") String callerClaim,
      @DefaultValue("scope") String scopesClaim,
      @DefaultValue("1m") Duration cache) {
    public Jwt {
      require("issuer", issuer);
      require("audience", audience);
      require("jwk-set-uri", jwkSetUri);
      if (clockSkew.isNegative()) {
        throw new IllegalArgumentException("evenkeel.security.jwt.clock-skew must not be negative");
      }
    }

    private static void require(String key, String value) {
      if (value.isEmpty()) {
        throw new IllegalArgumentException(
            "evenkeel.security.jwt."
                + key
                + " isn't set; tokens are accepted only with issuer, audience and jwk-set-uri");
      }
    }
  }

  /**
   * A client certificate that is known.
   *
   * @param subject its distinguished name, such as `CN=scoring,O=Example`
   * @param name of the caller; the subject where it is left out
   * @param scopes what it may do
   */
  public record Certificate(
      @DefaultValue("") String subject,
      @DefaultValue("") String name,
      @DefaultValue List<String> scopes) {
    public Certificate {
      scopes = List.copyOf(scopes);
    }
  }

  /**
   * How much callers may ask of a model. Each caller has it for itself, for each model.
   *
   * @param callers whose it is; all where none are named
   * @param models of which; all where none are named
   * @param requests how many within `per`; 0 for any number
   * @param per the time they are for
   * @param burst how many at once after a calm; as many as `requests` where it is 0
   * @param concurrency how many may be under way at once; 0 for any number
   */
  public record Quota(
      @DefaultValue List<String> callers,
      @DefaultValue List<String> models,
      @DefaultValue("0") long requests,
      @DefaultValue("1s") Duration per,
      @DefaultValue("0") long burst,
      @DefaultValue("0") int concurrency) {
    public Quota {
      callers = List.copyOf(callers);
      models = List.copyOf(models);
      if (requests < 0 || burst < 0 || concurrency < 0 || !per.isPositive()) {
        throw new IllegalArgumentException(
            "a quota in evenkeel.security.quotas has a negative number, or no time in `per`");
      }
      if (requests == 0 && concurrency == 0) {
        throw new IllegalArgumentException(
            "a quota in evenkeel.security.quotas sets neither `requests` nor `concurrency`");
      }
    }

    boolean isFor(String caller, String model) {
      return (callers.isEmpty() || callers.contains(caller))
          && (models.isEmpty() || models.contains(model));
    }

    long capacity() {
      return burst == 0 ? requests : burst;
    }
  }
}
