package io.evenkeel.api;

import io.evenkeel.security.Grants;
import io.evenkeel.security.KnownCaller;
import io.evenkeel.security.Recognition.Reason;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who may use the admin API: who brings the admin token, or a credential with the right
 * {@code admin}; where there is neither, who is on the same machine and no proxy for somebody else.
 * Thread-safe.
 */
final class AdminAccess {
  private static final String BEARER = "Bearer ";
  private static final List<String> OF_PROXIES =
      List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

  /** Whoever has the token: one of several people, who say their names themselves. */
  static final KnownCaller HOLDER = new KnownCaller(AdminBody.UNNAMED, Grants.of(List.of("admin")));

  private final AdminProperties properties;
  private final Access access;

  AdminAccess(AdminProperties properties, Access access) {
    this.properties = properties;
    this.access = access;
  }

  /** What the other servlets ask. */
  Access access() {
    return access;
  }

  /**
   * Refuses who may not, and notes who calls.
   *
   * @param need null where there is nothing at the path
   * @throws RefusedRequest without a hint at what would have been right
   */
  void require(Exchange exchange, @Nullable Need need) {
    String given = exchange.request().getHeader("Authorization");
    boolean hasToken = !properties.token().isEmpty();
    if (hasToken && isToken(given)) {
      ConnectionValve.of(exchange.request()).setCaller(HOLDER);
    } else if (access.guards()) {
      var ignored = access.admit(exchange, need);
    } else if (hasToken) {
      access.refuse(given == null ? Reason.MISSING : Reason.UNKNOWN_KEY, exchange.response());
    } else {
      requireLocal(exchange.request());
    }
  }

  private boolean isToken(@Nullable String given) {
    return given != null
        && given.startsWith(BEARER)
        && properties.isToken(given.substring(BEARER.length()));
  }

  private static void requireLocal(HttpServletRequest request) {
    boolean isLocal =
        isLoopback(request.getRemoteAddr())
            && OF_PROXIES.stream().allMatch(header -> request.getHeader(header) == null);
    if (!isLocal) {
      throw new RefusedRequest(
          ProblemKind.FORBIDDEN,
          "the admin API is open to callers on the server's own machine only, because there is"
              + " neither evenkeel.admin.token nor a key with the right `admin`");
    }
  }

  private static boolean isLoopback(String address) {
    try {
      // An address, never a name: nothing is looked up.
      return InetAddress.ofLiteral(address).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
