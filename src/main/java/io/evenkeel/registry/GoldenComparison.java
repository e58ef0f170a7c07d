package io.evenkeel.registry;

import io.evenkeel.inference.Prediction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares a prediction with a golden one. Numbers agree within {@code tolerance * max(1,
 * |expected|)}; members the golden prediction leaves out are not compared. Probabilities may be a
 * list, in the order of the labels.
 *
 * @param tolerance relative above 1, absolute below
 */
record GoldenComparison(double tolerance) {
  /** The first difference in words, if there is one. */
  Optional<String> difference(JsonNode expected, Prediction found) {
    for (Map.Entry<String, JsonNode> member : expected.properties()) {
      Object value = member(found, member.getKey());
      String difference = difference(member.getKey(), member.getValue(), value);
      if (difference != null) {
        return Optional.of(difference);
      }
    }
    return Optional.empty();
  }

  private static @Nullable Object member(Prediction prediction, String name) {
    return switch (prediction) {
      case Prediction.Classification classification ->
          switch (name) {
            case "label" -> classification.label();
            case "confidence" -> classification.confidence();
            case "probabilities" -> probabilities(classification);
            default -> null;
          };
      case Prediction.Regression regression -> name.equals("value") ? regression.value() : null;
      case Prediction.Raw raw -> name.equals("outputs") ? raw.outputs() : null;
    };
  }

  private static Map<String, Double> probabilities(Prediction.Classification classification) {
    Map<String, Double> probabilities = new LinkedHashMap<>();
    for (int i = 0; i < classification.labels().size(); i++) {
      probabilities.put(classification.labels().get(i), classification.probabilities().get(i));
    }
    return probabilities;
  }

  private @Nullable String difference(String where, JsonNode expected, @Nullable Object found) {
    return switch (found) {
      case Map<?, ?> map when expected.isObject() -> differenceOfMembers(where, expected, map);
      case List<?> list when expected.isArray() && expected.size() == list.size() ->
          differenceOfItems(where, expected, list);
      case Map<?, ?> map when expected.isArray() && expected.size() == map.size() ->
          differenceOfItems(where, expected, List.copyOf(map.values()));
      case Number number when expected.isNumber() ->
          differenceOfNumbers(where, expected.asDouble(), number.doubleValue());
      case String text when expected.isString() && expected.asString().equals(text) -> null;
      case Boolean flag when expected.isBoolean() && expected.asBoolean() == flag -> null;
      case null -> expected.isNull() ? null : where + " is expected but not answered";
      default -> where + " should be " + expected + " but is " + found;
    };
  }

  private @Nullable String differenceOfMembers(String where, JsonNode expected, Map<?, ?> found) {
    for (Map.Entry<String, JsonNode> member : expected.properties()) {
      String difference =
          difference(where + "/" + member.getKey(), member.getValue(), found.get(member.getKey()));
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private @Nullable String differenceOfItems(String where, JsonNode expected, List<?> found) {
    for (int i = 0; i < found.size(); i++) {
      String difference = difference(where + "/" + i, expected.get(i), found.get(i));
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private @Nullable String differenceOfNumbers(String where, double expected, double found) {
    boolean agrees = Math.abs(expected - found) <= tolerance * Math.max(1, Math.abs(expected));
    return agrees
        ? null
        : where + " should be " + expected + " but is " + found + " (tolerance " + tolerance + ")";
  }
}
