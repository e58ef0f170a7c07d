package io.evenkeel.api;

import io.evenkeel.security.KnownCaller;
import io.evenkeel.security.Right;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Set;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/**
 * Asks who calls, of what isn't below {@code /v1}: the operations, the description of the API, its
 * page, and whatever else a library brings. Looking takes {@code read}, anything else {@code
 * admin}. Thread-safe.
 */
final class GuardFilter implements Filter {
  private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS");

  private final Access access;
  private final Answers answers;
  private final Set<String> open;

  private GuardFilter(Access access, Answers answers, Set<String> open) {
    this.access = access;
    this.answers = answers;
    this.open = open;
  }

  /**
   * The filter within Spring Security's chain, which refuses paths that could be read in two ways
   * before it is asked. There is nothing else in it: no session, no login, no form.
   */
  static FilterChainProxy chain(Access access, Answers answers, WebEndpointProperties endpoints) {
    String health = endpoints.getBasePath() + "/health";
    Set<String> probes =
        access.hasOpenProbes() ? Set.of(health + "/liveness", health + "/readiness") : Set.of();
    return new FilterChainProxy(
        new DefaultSecurityFilterChain(
            AnyRequestMatcher.INSTANCE, new GuardFilter(access, answers, probes)));
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    boolean isLooking = LOOKING.contains(asked.getMethod());
    boolean isStranger = asked.getHeader("Authorization") == null;
    if (isLooking && isStranger && open.contains(asked.getServletPath())) {
      chain.doFilter(request, response);
      return;
    }
    KnownCaller caller;
    try {
      caller = access.identify(asked, answer);
      Access.require(caller, Need.ofAll(isLooking ? Right.READ : Right.ADMIN));
    } catch (RefusedRequest refused) {
      answers.problem(answer, refused.problem());
      return;
    }
    chain.doFilter(new Known(asked, caller), response);
  }

  /** Tells the operations that somebody is known, who may see details of health. */
  private static final class Known extends HttpServletRequestWrapper {
    private final KnownCaller caller;

    Known(HttpServletRequest request, KnownCaller caller) {
      super(request);
      this.caller = caller;
    }

    @Override
    public Principal getUserPrincipal() {
      return caller::name;
    }
  }
}
