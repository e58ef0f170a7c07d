package io.evenkeel.api;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Bodies around the first golden example of a bundled model. */
final class Bodies {
  private static final Pattern MODEL = Pattern.compile("/models/([^/]+)/");
  private static final Pattern MEMBERS = Pattern.compile("\\$BUT\\{([a-z_,]*)}");

  private Bodies() {}

  /** A valid instance of a model. */
  static JsonNode row(String model) {
    return Golden.of(model, "1").instances().getFirst();
  }

  static String single(JsonNode row) {
    return "{\"instance\": " + row + "}";
  }

  /** The same for a row as text. */
  static String instance(String row) {
    return "{\"instance\": " + row + "}";
  }

  static String batch(List<?> rows) {
    return "{\"instances\": " + rows + "}";
  }

  /** A valid instance as text, in which one feature has another text for its value. */
  static String rowWith(String model, String feature, String value) {
    String others = membersBut(row(model), feature);
    return "{\"" + feature + "\": " + value + (others.isEmpty() ? "" : ", " + others) + "}";
  }

  /**
   * Fills in a template: {@code $ROW} is a valid instance of the model the path names, {@code
   * $BUT{a,b}} its members without a and b.
   */
  static String fill(String template, String path) {
    Matcher model = MODEL.matcher(path);
    if (!model.find()) {
      return template;
    }
    JsonNode row = row(model.group(1));
    return MEMBERS
        .matcher(template.replace("$ROW", row.toString()))
        .replaceAll(
            found -> Matcher.quoteReplacement(membersBut(row, found.group(1).split(",", -1))));
  }

  private static String membersBut(JsonNode row, String... left) {
    return row.properties().stream()
        .filter(member -> !Arrays.asList(left).contains(member.getKey()))
        .map(member -> "\"" + member.getKey() + "\": " + member.getValue())
        .collect(Collectors.joining(", "));
  }
}
