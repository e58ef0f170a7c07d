package io.evenkeel.api;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.List;

/**
 * Lets in who may use the admin API: who brings the token, or, where there is none, who is on the
 * same machine and no proxy for somebody else. Thread-safe.
 */
final class AdminAccess {
  private static final String BEARER = "Bearer ";
  private static final List<String> OF_PROXIES =
      List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

  private final AdminProperties properties;

  AdminAccess(AdminProperties properties) {
    this.properties = properties;
  }

  /**
   * Refuses who may not.
   *
   * @throws RefusedRequest without a hint at what would have been right
   */
  void require(HttpServletRequest request) {
    if (properties.token().isEmpty()) {
      requireLocal(request);
      return;
    }
    String given = request.getHeader("Authorization");
    if (given == null || !given.startsWith(BEARER)) {
      throw new RefusedRequest(
          ProblemKind.UNAUTHENTICATED, "send the admin token as `Authorization: Bearer ..`");
    }
    if (!properties.isToken(given.substring(BEARER.length()))) {
      throw new RefusedRequest(ProblemKind.UNAUTHENTICATED, "the token isn't the right one");
    }
  }

  private static void requireLocal(HttpServletRequest request) {
    boolean isLocal =
        isLoopback(request.getRemoteAddr())
            && OF_PROXIES.stream().allMatch(header -> request.getHeader(header) == null);
    if (!isLocal) {
      throw new RefusedRequest(
          ProblemKind.FORBIDDEN,
          "the admin API is open to callers on the server's own machine only, because"
              + " evenkeel.admin.token isn't set");
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
