package io.evenkeel.api;

import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Priority;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the headers that steer a request, strictly. */
final class RequestHeaders {
  static final String REQUEST_ID = "X-Request-Id";
  static final String ROUTING_KEY = "X-Routing-Key";
  static final String JSON = "application/json";
  private static final String PRIORITY = "X-Priority";
  private static final String[] DEADLINES = {"X-Deadline-Ms", "x-envoy-expected-rq-timeout-ms"};
  private static final int LONGEST_ID = 128;
  private static final int LONGEST_DEADLINE = 10;

  private RequestHeaders() {}

  /** The caller's id for the request, or null where it brings none. */
  static @Nullable String requestId(HttpServletRequest request) {
    return name(request, REQUEST_ID);
  }

  /** What keeps a caller's requests together, or null where it brings nothing. */
  static @Nullable String routingKey(HttpServletRequest request) {
    return name(request, ROUTING_KEY);
  }

  private static @Nullable String name(HttpServletRequest request, String header) {
    String name = request.getHeader(header);
    if (name == null || name.isEmpty()) {
      return null;
    }
    if (name.length() > LONGEST_ID || !name.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new RefusedRequest(
          ProblemKind.BAD_HEADER,
          header + " must be at most " + LONGEST_ID + " visible ASCII characters");
    }
    return name;
  }

  /** The earliest of the endpoint's budget and what the caller says. */
  static Deadline deadline(HttpServletRequest request, Duration budget, long startNanos) {
    Deadline deadline = Deadline.after(budget, startNanos);
    for (String name : DEADLINES) {
      String value = request.getHeader(name);
      if (value != null) {
        deadline =
            deadline.earlier(Deadline.after(Duration.ofMillis(millis(name, value)), startNanos));
      }
    }
    return deadline;
  }

  /** How much the request matters: {@code X-Priority}, or normal where it doesn't say. */
  static Priority priority(HttpServletRequest request) {
    String value = request.getHeader(PRIORITY);
    return switch (value) {
      case null -> Priority.NORMAL;
      case "critical" -> Priority.CRITICAL;
      case "normal" -> Priority.NORMAL;
      case "sheddable" -> Priority.SHEDDABLE;
      default ->
          throw new RefusedRequest(
              ProblemKind.BAD_HEADER, PRIORITY + " must be critical, normal or sheddable");
    };
  }

  private static long millis(String name, String value) {
    boolean digits =
        !value.isEmpty()
            && value.length() <= LONGEST_DEADLINE
            && value.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || Long.parseLong(value) == 0) {
      throw new RefusedRequest(
          ProblemKind.BAD_HEADER, name + " must be a whole number of milliseconds, at least 1");
    }
    return Long.parseLong(value);
  }

  /** Refuses a body that isn't said to be JSON in UTF-8. */
  static void requireJson(HttpServletRequest request) {
    String type = request.getContentType();
    if (type != null && !isJson(type.toLowerCase(Locale.ROOT))) {
      throw new RefusedRequest(
          ProblemKind.UNSUPPORTED_MEDIA_TYPE,
          "send the body with Content-Type: application/json, in UTF-8");
    }
  }

  /** Refuses a body that would have to be unpacked. */
  static void requirePlain(HttpServletRequest request) {
    String encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new RefusedRequest(
          ProblemKind.UNSUPPORTED_MEDIA_TYPE, "send the body without Content-Encoding");
    }
  }

  /** Refuses a caller who doesn't take JSON. */
  static void requireAcceptable(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    if (accept != null
        && !accept.contains("*/*")
        && !accept.contains("json")
        && !accept.contains("application/*")) {
      throw new RefusedRequest(
          ProblemKind.NOT_ACCEPTABLE, "accept application/json, or leave Accept out");
    }
  }

  private static boolean isJson(String type) {
    String[] parts = type.split(";", -1);
    String bare = parts[0].trim();
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].replace("\"", "").replace(" ", "");
      if (parameter.startsWith("charset") && !parameter.equals("charset=utf-8")) {
        return false;
      }
    }
    return bare.equals(JSON) || (bare.startsWith("application/") && bare.endsWith("+json"));
  }
}
