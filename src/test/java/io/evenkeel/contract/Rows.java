package io.evenkeel.contract;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Reads instances the way the server does. */
public final class Rows {
  /** Set up like the server's factory. */
  static final JsonFactory JSON =
      JsonFactory.builder().disable(TokenStreamFactory.Feature.CHARSET_DETECTION).build();

  private Rows() {}

  /** The only instance of a request. */
  public static Row read(Contract contract, String instance) {
    return read(new RowReader(contract, JSON), instance, -1);
  }

  /** The same, looked at by somebody, at a position of a batch; negative for the only instance. */
  public static Row read(
      Contract contract, RowInspection inspection, String instance, int position) {
    return read(new RowReader(contract, RuleFlags.NONE, JSON, inspection), instance, position);
  }

  /** An instance of a batch, or with a negative position the only one. */
  static Row read(RowReader reader, String instance, int position) {
    try (JsonParser json = parser(instance)) {
      json.nextToken();
      return reader.read(json, position);
    }
  }

  static JsonParser parser(String body) {
    return JSON.createParser(ObjectReadContext.empty(), body.getBytes(StandardCharsets.UTF_8));
  }
}
