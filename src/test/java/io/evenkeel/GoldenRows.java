package io.evenkeel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Request bodies made of a bundled model's golden rows. */
final class GoldenRows {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final List<JsonNode> rows;

  private GoldenRows(List<JsonNode> rows) {
    this.rows = rows;
  }

  static GoldenRows of(String model, String version) throws IOException {
    Path file = Path.of("models", model, version, "golden.jsonl");
    return new GoldenRows(Files.readAllLines(file).stream().map(JSON::readTree).toList());
  }

  /** The body of a request for one row. */
  String single(int row) {
    return "{\"instance\": " + instance(row) + "}";
  }

  /** The body of a request for the first rows, repeated as often as need be. */
  String batch(int size) {
    return IntStream.range(0, size)
        .mapToObj(this::instance)
        .collect(Collectors.joining(",", "{\"instances\": [", "]}"));
  }

  private String instance(int row) {
    return rows.get(row % rows.size()).get("instance").toString();
  }

  /** What the trainer's own library says about a row. */
  JsonNode prediction(int row) {
    return rows.get(row).get("prediction");
  }

  double tolerance(int row) {
    return rows.get(row).get("tolerance").asDouble();
  }
}
