package io.evenkeel.registry;

import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.Violation;
import io.evenkeel.preprocess.TensorRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Replays a version's golden examples through all it will serve with, and holds each answer against
 * the trainer's own.
 */
final class GoldenReplay {
  private static final double DEFAULT_TOLERANCE = 1e-5;
  private static final int MOST_MISTAKES = 10;
  private static final String MEND =
      "train and export the model again with its golden examples, or correct the contract's columns and transforms";

  private final Engine engine;
  private final JsonMapper json;
  private final Mistakes mistakes = new Mistakes();

  GoldenReplay(Engine engine, JsonMapper json) {
    this.engine = engine;
    this.json = json;
  }

  /**
   * Replays all lines.
   *
   * @return the preprocessed rows, which also serve to warm the version up
   * @throws io.evenkeel.contract.UnusableModelException if an example isn't reproduced, or there is
   *     none
   */
  List<TensorRows> replay(byte[] golden) {
    List<TensorRows> rows = new ArrayList<>();
    String[] lines = new String(golden, StandardCharsets.UTF_8).split("\n", -1);
    for (int i = 0; i < lines.length && mistakes.all().size() < MOST_MISTAKES; i++) {
      if (!lines[i].isBlank()) {
        replayLine(lines[i], i + 1, rows);
      }
    }
    if (rows.isEmpty() && mistakes.isEmpty()) {
      mistakes.add(
          ModelFolder.GOLDEN,
          0,
          "there are no golden examples",
          "add at least one line with an instance and its prediction");
    }
    mistakes.throwIfAny();
    return rows;
  }

  private void replayLine(String text, int line, List<TensorRows> rows) {
    try {
      JsonNode example = json.readTree(text);
      Row row = read(example.path("instance"));
      if (!row.isValid()) {
        Violation first = row.violations().getFirst();
        refuse(
            line,
            "the instance breaks the contract at "
                + first.pointer()
                + " ("
                + first.rule()
                + "), expected "
                + first.expected());
        return;
      }
      TensorRows block = engine.preprocessor().newBlock(1);
      engine.preprocessor().write(row, block, 0);
      rows.add(block);
      compare(example, engine.run(block)[0], line);
    } catch (JacksonException e) {
      refuse(line, "this is not valid JSON");
    }
  }

  private Row read(JsonNode instance) {
    try (JsonParser parser = json.createParser(json.writeValueAsBytes(instance))) {
      parser.nextToken();
      return engine.reader().read(parser);
    }
  }

  private void compare(JsonNode example, RowResult result, int line) {
    JsonNode expected = example.path("prediction");
    double tolerance = example.path("tolerance").asDouble(DEFAULT_TOLERANCE);
    if (!expected.isObject() || expected.isEmpty()) {
      refuse(line, "there is no `prediction` to compare with");
      return;
    }
    switch (result) {
      case RowResult.Failed failed ->
          refuse(line, "the model failed on it: " + failed.cause().getMessage());
      case RowResult.Answered answered ->
          new GoldenComparison(tolerance)
              .difference(expected, answered.prediction())
              .ifPresent(
                  difference -> refuse(line, "the example is not reproduced: " + difference));
    }
  }

  private void refuse(int line, String cause) {
    mistakes.add(ModelFolder.GOLDEN, line, cause, MEND);
  }

  /** The instance of the first example, as JSON; null where there is none. */
  static @Nullable String firstInstance(ModelFolder folder) {
    try (Stream<String> lines = Files.lines(folder.path().resolve(ModelFolder.GOLDEN))) {
      Optional<String> first = lines.filter(line -> !line.isBlank()).findFirst();
      return first
          .map(line -> JsonMapper.shared().readTree(line).path("instance").toString())
          .orElse(null);
    } catch (IOException | UncheckedIOException | JacksonException e) {
      return null;
    }
  }
}
