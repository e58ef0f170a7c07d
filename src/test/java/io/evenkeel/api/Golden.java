package io.evenkeel.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The golden examples of one bundled version.
 *
 * @param model its name
 * @param version its version
 * @param lines the lines of its {@code golden.jsonl}
 */
record Golden(String model, String version, List<JsonNode> lines) {
  private static final Path MODELS = Path.of("models");

  /** Those of every bundled version. */
  static Stream<Golden> all() throws IOException {
    try (Stream<Path> files = Files.walk(MODELS, 3)) {
      return files.filter(file -> file.endsWith("golden.jsonl")).sorted().toList().stream()
          .map(MODELS::relativize)
          .map(file -> of(file.getName(0).toString(), file.getName(1).toString()));
    }
  }

  static Golden of(String model, String version) {
    Path file = MODELS.resolve(model).resolve(version).resolve("golden.jsonl");
    try (Stream<String> lines = Files.lines(file)) {
      return new Golden(model, version, lines.map(JsonMapper.shared()::readTree).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where one instance is posted to exactly this version. */
  String path() {
    return "/v1/models/" + model + "/versions/" + version + "/predict";
  }

  List<JsonNode> instances() {
    return lines.stream().map(line -> line.get("instance")).toList();
  }

  @Override
  public String toString() {
    return model + " " + version;
  }
}
