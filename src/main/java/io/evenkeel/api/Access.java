package io.evenkeel.api;

import io.evenkeel.admission.Priority;
import io.evenkeel.security.Gatekeeper;
import io.evenkeel.security.KnownCaller;
import io.evenkeel.security.Quotas;
import io.evenkeel.security.Recognition;
import io.evenkeel.security.Right;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether a caller may have what it asks for: who it is, its rights, its quotas. An answer doesn't
 * tell a wrong credential from one that is too old, or a model that a caller may not use from one
 * that isn't there. Thread-safe.
 */
final class Access {
  /** Whose quota it is where nobody has to say who calls. */
  private static final String ANYBODY = "anybody";

  private static final String NO_MODEL = "";
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
  private static final String CHALLENGE = "Bearer realm=\"evenkeel\"";

  private final Gatekeeper gate;
  private final Quotas quotas;
  private final Predicate<String> isModel;

  /**
   * @param isModel whether there is a model of such a name
   */
  Access(Gatekeeper gate, Quotas quotas, Predicate<String> isModel) {
    this.gate = gate;
    this.quotas = quotas;
    this.isModel = isModel;
  }

  /** Whether anybody may have anything. */
  boolean isFree() {
    return !gate.guards() && quotas.isEmpty();
  }

  /** Whether callers have to prove who they are. */
  boolean guards() {
    return gate.guards();
  }

  /** Whether the probes are asked without a credential. */
  boolean hasOpenProbes() {
    return gate.hasOpenProbes();
  }

  /**
   * Lets a request below {@code /v1} go on, and notes who calls.
   *
   * @param need null where there is nothing at its path, which is told to those who are known
   * @return what it gives back in the end; null where it has taken nothing
   * @throws RefusedRequest if it may not
   */
  Quotas.Entrance.@Nullable Admitted admit(Exchange exchange, @Nullable Need need) {
    HttpServletRequest request = exchange.request();
    String name = ANYBODY;
    if (gate.guards()) {
      KnownCaller caller = identify(request, exchange.response());
      ConnectionValve.of(request).setCaller(caller);
      name = caller.name();
      if (need != null) {
        require(caller, need);
        requirePriority(caller, need, request);
      }
    }
    return need == null || need.right() != Right.PREDICT || quotas.isEmpty()
        ? null
        : enter(name, need.model(), exchange.response());
  }

  /**
   * Who calls.
   *
   * @throws RefusedRequest if that isn't known
   */
  KnownCaller identify(HttpServletRequest request, HttpServletResponse response) {
    return require(
        gate.recognise(request.getHeader("Authorization"), () -> certificate(request)), response);
  }

  /** Refuses a call for a reason that was found elsewhere, as any other failure. */
  void refuse(Recognition.Reason reason, HttpServletResponse response) {
    KnownCaller ignored = require(gate.refuse(reason), response);
  }

  private static KnownCaller require(Recognition found, HttpServletResponse response) {
    return switch (found) {
      case Recognition.Known(KnownCaller caller) -> caller;
      case Recognition.Refused(Recognition.Reason reason) -> {
        boolean isMissing = reason == Recognition.Reason.MISSING;
        challenge(response, isMissing);
        throw new RefusedRequest(
            ProblemKind.UNAUTHENTICATED,
            isMissing
                ? "send a key or a token as `Authorization: Bearer ..`"
                : "the credential isn't good here, or isn't any more");
      }
      case Recognition.Crowded ignored -> {
        response.setHeader("Retry-After", "1");
        throw new RefusedRequest(
            Problem.of(ProblemKind.QUOTA_EXCEEDED, "too many wrong credentials came at once")
                .with(Map.of("quota", "failures")));
      }
      case Recognition.Unavailable ignored -> {
        response.setHeader("Retry-After", "2");
        throw new RefusedRequest(
            ProblemKind.IDENTITY_UNAVAILABLE,
            "the identity provider doesn't answer; try again after `Retry-After` seconds");
      }
    };
  }

  /** Says what to bring (RFC 6750). */
  private static void challenge(HttpServletResponse response, boolean isMissing) {
    response.setHeader(
        "WWW-Authenticate", isMissing ? CHALLENGE : CHALLENGE + ", error=\"invalid_token\"");
  }

  private static @Nullable X509Certificate certificate(HttpServletRequest request) {
    return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
        ? chain[0]
        : null;
  }

  /**
   * Asks for a right.
   *
   * @throws RefusedRequest if the caller hasn't got it
   */
  static void require(KnownCaller caller, Need need) {
    if (!need.isMetBy(caller.grants())) {
      throw new RefusedRequest(
          ProblemKind.FORBIDDEN,
          "the caller hasn't got the right for this; ask who runs the server (docs/security.md"
              + " says what each call takes)");
    }
  }

  /** Who isn't granted it would push others aside by a word. */
  private static void requirePriority(KnownCaller caller, Need need, HttpServletRequest request) {
    if (need.right() == Right.PREDICT
        && !caller.grants().allows(Right.CRITICAL, need.model())
        && RequestHeaders.priority(request) == Priority.CRITICAL) {
      throw new RefusedRequest(
          ProblemKind.FORBIDDEN,
          "`X-Priority: critical` takes the right `critical`; leave the header out, or send normal"
              + " or sheddable");
    }
  }

  /** A name that is no model's can't take memory. */
  private Quotas.Entrance.@Nullable Admitted enter(
      String caller, String model, HttpServletResponse response) {
    return switch (quotas.tryEnter(caller, isModel.test(model) ? model : NO_MODEL)) {
      case Quotas.Entrance.Free ignored -> null;
      case Quotas.Entrance.Admitted admitted -> {
        announce(response, admitted.policy(), admitted.left());
        yield admitted;
      }
      case Quotas.Entrance.Exceeded exceeded -> {
        announce(response, exceeded.policy(), exceeded.left());
        response.setHeader("Retry-After", Long.toString(exceeded.retryAfterSeconds()));
        throw new RefusedRequest(
            Problem.of(
                    ProblemKind.QUOTA_EXCEEDED,
                    exceeded.which().equals("rate")
                        ? "send fewer requests in a second, or ask for a larger quota"
                        : "send fewer requests at once, or ask for a larger quota")
                .with(Map.of("quota", exceeded.which())));
      }
    };
  }

  private static void announce(HttpServletResponse response, String policy, String left) {
    response.setHeader("RateLimit-Policy", policy);
    response.setHeader("RateLimit", left);
  }
}
