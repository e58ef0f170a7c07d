package io.evenkeel.api;

import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * Says in our words what a parser stumbled over: its own would name classes and quote the body,
 * which may hold what must not be repeated.
 */
final class MalformedBody {
  private static final String NOT_A_NUMBER =
      "NaN and Infinity are no JSON; leave the value out, or send null where the contract allows it";

  private MalformedBody() {}

  static RuntimeException refusal(JacksonException e, JsonParser json) {
    if (e instanceof JacksonIOException) {
      return new ClientGone();
    }
    return refusal(
        detail(e), e.getLocation() == null ? json.currentLocation() : e.getLocation(), json);
  }

  static RefusedRequest trailing(JsonParser json) {
    return refusal(
        "there is more after the end of the document; send exactly one",
        json.currentTokenLocation(),
        json);
  }

  private static RefusedRequest refusal(String detail, TokenStreamLocation where, JsonParser json) {
    String pointer = json.streamReadContext().pathAsPointer().toString();
    Map<String, Object> extensions =
        Map.of(
            "line",
            where.getLineNr(),
            "column",
            where.getColumnNr(),
            "pointer",
            pointer.length() > 200 ? "" : pointer);
    return new RefusedRequest(
        new Problem(ProblemKind.MALFORMED_JSON, detail, List.of(), extensions));
  }

  private static String detail(JacksonException e) {
    String message = e.getOriginalMessage();
    if (e instanceof StreamConstraintsException) {
      return constraint(message);
    }
    if (e instanceof UnexpectedEndOfInputException) {
      return "the body ends in the middle of the document";
    }
    if (message.contains("NaN") || message.contains("Infinity") || message.contains("INF")) {
      return NOT_A_NUMBER;
    }
    if (message.contains("surrogate")) {
      return "a member's name holds half of a surrogate pair; send whole characters";
    }
    if (message.contains("UTF-8")) {
      return "the body is not valid UTF-8";
    }
    return message.startsWith("Illegal unquoted character")
        ? "a control character stands unescaped in a string; write it as \\u00XX"
        : "the body is not valid JSON at this place";
  }

  private static String constraint(String message) {
    if (message.contains("nesting depth")) {
      return "arrays and objects are nested deeper than evenkeel.api.max-depth allows";
    }
    if (message.contains("Number value length")) {
      return "a number is longer than evenkeel.api.max-number-length allows";
    }
    return message.contains("Name length")
        ? "a member's name is longer than evenkeel.api.max-name-length allows"
        : "a string is longer than evenkeel.api.max-string-length allows";
  }

  /** Nobody is there to be answered. */
  static final class ClientGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClientGone() {
      super("the client hung up", null, false, false);
    }
  }
}
