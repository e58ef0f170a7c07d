package io.evenkeel.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.inference.SessionSettings;
import io.evenkeel.preprocess.TensorRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class CompanyTest {
  private static final Path BUNDLED = Path.of("models");
  private static final SessionSettings SMALL = SessionSettings.choose(1, 1);

  /** Of two forests and a network. What their examples say holds for thousands of other rows. */
  @ParameterizedTest
  @ValueSource(strings = {"breast-cancer", "diabetes", "digits"})
  void findsWhoAnswersALoneRowAsInCompany(String model) {
    try (Engine engine = open(BUNDLED, model, SMALL.withLoneRows())) {
      List<TensorRows> examples = examples(BUNDLED, engine, model);

      assertThat(new Company(engine, examples).changesNoBit()).isTrue();
      assertThat(new Company(engine, mixed(examples)).changesNoBit()).isTrue();
    }
  }

  @Test
  void noticesAnAnswerThatDependsOnItsCompany(@TempDir Path models) {
    String golden =
        IntStream.range(0, 40)
            .mapToObj("{\"instance\": {\"x\": %d}, \"prediction\": {\"value\": 0}}\n"::formatted)
            .collect(Collectors.joining());
    new ScratchModels(models)
        .make(
            "mingling/1",
            "mingling",
            """
            schemaVersion: 1.0.0
            features:
              - {name: x, type: number}
            outputs: {task: regression, value: value}
            """,
            golden);

    try (Engine engine = open(models, "mingling", SMALL.withLoneRows())) {
      assertThat(new Company(engine, examples(models, engine, "mingling")).changesNoBit())
          .isFalse();
    }
  }

  @Test
  void isNotSureAfterFewExamples() {
    try (Engine engine = open(BUNDLED, "breast-cancer", SMALL.withLoneRows())) {
      List<TensorRows> examples = examples(BUNDLED, engine, "breast-cancer");

      assertThat(new Company(engine, examples.subList(0, 32)).changesNoBit()).isTrue();
      assertThat(new Company(engine, examples.subList(0, 31)).changesNoBit()).isFalse();
    }
  }

  /** Rows whose every value is that of some example. */
  private static List<TensorRows> mixed(List<TensorRows> examples) {
    Random random = new Random(7);
    List<TensorRows> rows = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      TensorRows row = examples.getFirst().repeated(1);
      float[] values = row.floats(0);
      for (int j = 0; j < values.length; j++) {
        values[j] = examples.get(random.nextInt(examples.size())).floats(0)[j];
      }
      rows.add(row);
    }
    return rows;
  }

  private static Engine open(Path models, String model, SessionSettings settings) {
    return new EngineOpening(JsonMapper.shared()).open(folder(models, model), settings, List.of());
  }

  private static List<TensorRows> examples(Path models, Engine engine, String model) {
    return new GoldenReplay(engine, JsonMapper.shared())
        .replay(folder(models, model).read(ModelFolder.GOLDEN));
  }

  private static ModelFolder folder(Path models, String model) {
    return ModelFolder.of(models.resolve(model).resolve("1"));
  }
}
