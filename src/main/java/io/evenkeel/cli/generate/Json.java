package io.evenkeel.cli.generate;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Texts as JSON writes them, in ASCII alone: what is generated doesn't depend on the encoding of
 * the stream it goes to.
 */
final class Json {
  static final String NULL = "null";

  private static final ObjectWriter TEXT =
      JsonMapper.shared().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

  private Json() {}

  static String quoted(String text) {
    return TEXT.writeValueAsString(text);
  }

  /** The text that {@link #quoted} writes so; any other JSON value as it is. */
  static String unquoted(String json) {
    return json.startsWith("\"") ? JsonMapper.shared().readValue(json, String.class) : json;
  }
}
