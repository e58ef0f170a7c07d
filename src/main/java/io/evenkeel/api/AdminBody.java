package io.evenkeel.api;

import io.evenkeel.control.Author;
import io.evenkeel.security.KnownCaller;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;

/**
 * The body of a change: who makes it, why, and what it is. Read strictly: what isn't known is
 * refused rather than overlooked.
 */
final class AdminBody {
  private static final long LONGEST = 1 << 20;
  private static final String WHO = "who";
  private static final String WHY = "why";
  static final String UNNAMED = "admin";

  private final JsonNode document;
  private final @Nullable KnownCaller caller;

  private AdminBody(JsonNode document, @Nullable KnownCaller caller) {
    this.document = document;
    this.caller = caller;
  }

  /**
   * Reads the body.
   *
   * @param members that belong there beside {@code who} and {@code why}
   */
  static AdminBody read(Exchange exchange, JsonBodies bodies, String... members)
      throws IOException {
    RequestHeaders.requireJson(exchange.request());
    RequestHeaders.requirePlain(exchange.request());
    InputStream body = new BoundedBody(exchange.request().getInputStream(), LONGEST);
    JsonNode document;
    try (JsonParser json = bodies.mapper().createParser(body)) {
      try {
        document = bodies.mapper().readTree(json);
        if (json.nextToken() != null) {
          throw MalformedBody.trailing(json);
        }
      } catch (JacksonException e) {
        throw MalformedBody.refusal(e, json);
      }
    }
    AdminBody found = new AdminBody(document, ConnectionValve.caller(exchange.request()));
    found.requireMembers(Set.of(members));
    return found;
  }

  private void requireMembers(Set<String> members) {
    if (!document.isObject()) {
      throw unusable("the body is no JSON object; send {\"why\": \"..\", ...}");
    }
    List<String> unknown = new ArrayList<>(document.propertyNames());
    unknown.removeAll(members);
    unknown.removeAll(Set.of(WHO, WHY));
    if (!unknown.isEmpty()) {
      TreeSet<String> known = new TreeSet<>(members);
      known.addAll(Set.of(WHO, WHY));
      throw unusable("the member `" + unknown.getFirst() + "` is unknown; use " + known);
    }
  }

  /** On whose behalf, and why, which has to be said. */
  Author author() {
    String why = text(WHY);
    if (why == null || why.isBlank()) {
      throw unusable("say `why`: it is what others read in the journal");
    }
    String who = text(WHO);
    try {
      return new Author(who(who), why);
    } catch (IllegalArgumentException e) {
      throw unusable(String.valueOf(e.getMessage()));
    }
  }

  /** Whom the caller names, and who has proved to be the caller. */
  private String who(@Nullable String named) {
    if (caller == null || AdminAccess.HOLDER.equals(caller)) {
      return named == null ? UNNAMED : named;
    }
    return named == null ? caller.name() : named + " (" + caller.name() + ")";
  }

  /** A text; null where there is none. */
  @Nullable String text(String member) {
    JsonNode found = document.get(member);
    if (found == null || found.isNull()) {
      return null;
    }
    if (!found.isString()) {
      throw unusable("`" + member + "` is no text");
    }
    return found.asString();
  }

  /** A text that has to be there. */
  String requireText(String member, String mend) {
    String found = text(member);
    if (found == null || found.isBlank()) {
      throw unusable("the member `" + member + "` is missing; " + mend);
    }
    return found;
  }

  /** A whole number that has to be there. */
  long requireNumber(String member, String mend) {
    JsonNode found = document.get(member);
    if (found == null || !found.isIntegralNumber() || !found.canConvertToLong()) {
      throw unusable("the member `" + member + "` is no whole number; " + mend);
    }
    return found.longValue();
  }

  /** An object that has to be there, as JSON text. */
  String requireObject(String member, String mend) {
    JsonNode found = document.get(member);
    if (found == null || !found.isObject()) {
      throw unusable("the member `" + member + "` is no object; " + mend);
    }
    return found.toString();
  }

  private static RefusedRequest unusable(String detail) {
    return new RefusedRequest(ProblemKind.UNUSABLE_CHANGE, detail);
  }
}
