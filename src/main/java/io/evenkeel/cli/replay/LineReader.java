package io.evenkeel.cli.replay;

import io.evenkeel.contract.Row;
import io.evenkeel.contract.RowReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads the members of a line, the instance by a contract. */
final class LineReader {
  private final JsonMapper json;

  /** For a value with others behind it. */
  private final ObjectReader tree;

  private final String outcome;

  /**
   * @param outcome the name of the member with what really happened
   */
  LineReader(JsonMapper json, String outcome) {
    this.json = json;
    this.tree = json.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    this.outcome = outcome;
  }

  /**
   * What a line holds.
   *
   * @param row the instance
   * @param prediction what was answered at the time; null where the line doesn't say
   * @param outcome what really happened; null where the line doesn't say
   */
  record Content(Row row, @Nullable JsonNode prediction, @Nullable JsonNode outcome) {}

  /** Says that a line can't be used. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message);
    }
  }

  Content read(String line, RowReader reader) throws UnreadableException {
    Row row = null;
    JsonNode prediction = null;
    JsonNode happened = null;
    try (JsonParser parser = json.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new UnreadableException("is no JSON object");
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        if (name.equals("instance")) {
          row = reader.read(parser);
        } else if (name.equals("prediction")) {
          prediction = tree.readTree(parser);
        } else if (name.equals(outcome)) {
          happened = tree.readTree(parser);
        } else {
          parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw new UnreadableException("goes on behind its JSON object");
      }
    } catch (JacksonException e) {
      throw new UnreadableException(
          "is not valid JSON at column "
              + (e.getLocation() == null ? 1 : e.getLocation().getColumnNr()));
    }
    if (row == null) {
      throw new UnreadableException("has no `instance`; write it like {\"instance\": {…}}");
    }
    return new Content(row, prediction, happened);
  }
}
