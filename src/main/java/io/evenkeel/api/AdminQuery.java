package io.evenkeel.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A query string's parameters, read strictly. */
final class AdminQuery {
  private final Map<String, String> parameters;

  private AdminQuery(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /**
   * Reads a query string.
   *
   * @param known the names that belong there
   */
  static AdminQuery read(@Nullable String query, String... known) {
    Map<String, String> parameters = new HashMap<>();
    if (query != null && !query.isEmpty()) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        if (!Set.of(known).contains(name)
            || parameters.put(name, decode(pair.substring(equals + 1))) != null) {
          throw refusal(
              "`"
                  + (name.length() > 40 ? name.substring(0, 40) + "…" : name)
                  + "` is "
                  + (Set.of(known).contains(name) ? "given twice" : "no parameter of this call")
                  + "; it takes "
                  + new TreeSet<>(Set.of(known)));
        }
      }
    }
    return new AdminQuery(parameters);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw refusal("a parameter is not percent-encoded as URLs are");
    }
  }

  private static RefusedRequest refusal(String detail) {
    return new RefusedRequest(ProblemKind.UNKNOWN_OPTION, detail);
  }

  @Nullable String text(String name) {
    return parameters.get(name);
  }

  /** From 0 or 1 on, whichever the fallback allows. */
  int integer(String name, int fallback, int most) {
    String text = parameters.get(name);
    if (text == null) {
      return fallback;
    }
    int least = Math.min(1, fallback);
    boolean digits = text.matches("[0-9]{1,9}");
    if (!digits || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
      throw refusal("`" + name + "` is a whole number from " + least + " to " + most);
    }
    return Integer.parseInt(text);
  }
}
