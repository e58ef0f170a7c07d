package io.evenkeel.api;

import io.evenkeel.monitoring.feedback.Feedback;
import io.evenkeel.monitoring.feedback.Outcome;
import io.evenkeel.monitoring.feedback.PredictionId;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;

/** Reads feedback strictly: what isn't known is refused rather than overlooked. */
final class FeedbackBody {
  private static final Set<String> MEMBERS = Set.of("id", "index", "outcome", "at");
  private static final int LENGTH_OF_ID = 36;

  private FeedbackBody() {}

  /** One item: what was given, or what is wrong with it. */
  sealed interface Item {
    /** It can be looked up. */
    record Usable(Feedback.Given given) implements Item {}

    /** It can't be used. */
    record Unusable(Problem problem) implements Item {}
  }

  /** The id of the prediction that an item is about; empty where it has none of ours. */
  static String about(Item item) {
    return item instanceof Item.Usable(Feedback.Given given) && given.id() != null
        ? given.id().answer().toString()
        : "";
  }

  /** One outcome. */
  static Item readOne(InputStream body, JsonBodies bodies) throws IOException {
    return item(document(body, bodies));
  }

  /**
   * Many outcomes.
   *
   * @param most how many at most
   */
  static List<Item> readMany(InputStream body, JsonBodies bodies, int most) throws IOException {
    JsonNode document = document(body, bodies);
    JsonNode items = document.get("items");
    if (items == null || !items.isArray() || items.isEmpty() || document.size() > 1) {
      throw new RefusedRequest(
          ProblemKind.UNUSABLE_FEEDBACK,
          "the body is one object with nothing but `items`, an array of at least one outcome:"
              + " {\"items\": [{\"id\": \"..\", \"outcome\": ..}]}");
    }
    if (items.size() > most) {
      throw new RefusedRequest(
          ProblemKind.TOO_MANY_INSTANCES,
          items.size() + " items; send at most " + most + " at a time");
    }
    List<Item> read = new ArrayList<>(items.size());
    items.forEach(found -> read.add(item(found)));
    return read;
  }

  private static JsonNode document(InputStream body, JsonBodies bodies) throws IOException {
    try (JsonParser json = bodies.mapper().createParser(body)) {
      try {
        JsonNode document = bodies.mapper().readTree(json);
        if (json.nextToken() != null) {
          throw MalformedBody.trailing(json);
        }
        return document;
      } catch (JacksonException e) {
        throw MalformedBody.refusal(e, json);
      }
    }
  }

  private static Item item(JsonNode found) {
    try {
      return new Item.Usable(given(found));
    } catch (RefusedRequest refused) {
      return new Item.Unusable(refused.problem());
    }
  }

  private static Feedback.Given given(JsonNode found) {
    if (!found.isObject()) {
      throw unusable("an outcome is an object: {\"id\": \"..\", \"outcome\": ..}");
    }
    for (String member : found.propertyNames()) {
      if (!MEMBERS.contains(member)) {
        throw unusable(
            "a member is unknown; there are `id`, `index` (of a batch's result), `outcome` and"
                + " `at`");
      }
    }
    JsonNode id = found.get("id");
    if (id == null || !id.isString()) {
      throw unusable("`id` is missing or no text; send the `id` of the answer");
    }
    return new Feedback.Given(
        id(id.stringValue(), index(found.get("index"))),
        outcome(found.get("outcome")),
        at(found.get("at")));
  }

  private static int index(@Nullable JsonNode found) {
    if (found == null) {
      return PredictionId.ALONE;
    }
    if (!found.isIntegralNumber() || !found.canConvertToInt() || found.intValue() < 0) {
      throw unusable("`index` is no whole number from 0: the place among the batch's `results`");
    }
    return found.intValue();
  }

  /** Null where it can't be one of ours. */
  private static @Nullable PredictionId id(String text, int index) {
    if (text.length() != LENGTH_OF_ID) {
      return null;
    }
    try {
      return new PredictionId(UUID.fromString(text), index);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Outcome outcome(@Nullable JsonNode found) {
    if (found != null && found.isString()) {
      return new Outcome.Label(found.stringValue());
    }
    if (found != null && found.isNumber() && Double.isFinite(found.doubleValue())) {
      return new Outcome.Value(found.doubleValue());
    }
    throw unusable("`outcome` is missing, or neither a label nor a finite number");
  }

  private static @Nullable Instant at(@Nullable JsonNode found) {
    if (found == null || found.isNull()) {
      return null;
    }
    try {
      Instant at = OffsetDateTime.parse(found.asString("")).toInstant();
      if (at.isBefore(Instant.EPOCH)) {
        throw unusable("`at` is before 1970");
      }
      return at;
    } catch (DateTimeException e) {
      throw unusable("`at` is no moment with an offset such as \"2026-03-11T09:30:00Z\"");
    }
  }

  private static RefusedRequest unusable(String detail) {
    return new RefusedRequest(ProblemKind.UNUSABLE_FEEDBACK, detail);
  }
}
