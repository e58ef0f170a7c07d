package io.evenkeel.cli.draft;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes {@code reference.json}: a line for each sketch, so that a diff names the feature. */
final class ReferenceText {
  private ReferenceText() {}

  static String of(long rows, Map<String, Object> features, Map<String, Object> outputs) {
    return "{\n  \"schemaVersion\": 1,\n  \"rows\": "
        + rows
        + ",\n  \"features\": "
        + section(features)
        + ",\n  \"outputs\": "
        + section(outputs)
        + "\n}\n";
  }

  private static String section(Map<String, Object> sketches) {
    if (sketches.isEmpty()) {
      return "{}";
    }
    Map<String, String> lines = new LinkedHashMap<>();
    sketches.forEach((name, sketch) -> lines.put(json(name), json(sketch)));
    StringBuilder text = new StringBuilder("{\n");
    lines.forEach((name, sketch) ->
        text.append("    ").append(name).append(": ").append(sketch).append(",\n"));
    return text.replace(text.length() - 2, text.length(), "\n  }").toString();
  }

  private static String json(Object value) {
    return JsonMapper.shared().writeValueAsString(value);
  }
}
