package io.evenkeel.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Contracts;
import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.Rows;
import io.evenkeel.inference.ModelSession;
import io.evenkeel.inference.OutputReader;
import io.evenkeel.inference.Prediction;
import io.evenkeel.inference.Runner;
import io.evenkeel.inference.SessionSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Walks each bundled model's golden examples from JSON to its answer. The expected answers are the
 * training library's own: for loan-default those of the whole scikit-learn pipeline, so that a
 * transform which differs from the one in training would show.
 */
class GoldenWalkTest {
  private static final SessionSettings SETTINGS = SessionSettings.choose(1, 2);

  @ParameterizedTest
  @ValueSource(
      strings = {"breast-cancer/1", "breast-cancer/2", "diabetes/1", "digits/1", "loan-default/1"})
  void reproducesTheTrainersAnswers(String version) throws Exception {
    Path folder = Path.of("models").resolve(version);
    ContractFile file = Contracts.ofModel(version);
    try (ModelSession session = ModelSession.open(folder.resolve("model.onnx"), SETTINGS);
        Runner runner = session.newRunner(reader(file, session))) {
      Preprocessor preprocessor = Preprocessor.compile(file, session.inputs());
      List<String> lines = Files.readAllLines(folder.resolve("golden.jsonl"));
      assertThat(lines).hasSizeGreaterThanOrEqualTo(50);
      for (String line : lines) {
        JsonNode example = JsonMapper.shared().readTree(line);
        Row row = Rows.read(file.contract(), example.get("instance").toString());
        assertThat(row.violations()).isEmpty();
        TensorRows block = preprocessor.newBlock(1);
        preprocessor.write(row, block, 0);
        runner.put(0, block, 0);
        runner.run(1);
        assertAgrees(runner.prediction(0), example);
      }
    }
  }

  private static OutputReader reader(ContractFile file, ModelSession session) {
    Mistakes mistakes = new Mistakes();
    OutputReader reader =
        OutputReader.compile(
            file.contract().outputs(),
            session.outputs(),
            mistakes,
            new OutputReader.Section("contract.yaml", 1));
    assertThat(mistakes.all()).isEmpty();
    return Objects.requireNonNull(reader);
  }

  private static void assertAgrees(Prediction prediction, JsonNode example) {
    JsonNode expected = example.get("prediction");
    double tolerance = example.get("tolerance").doubleValue();
    switch (prediction) {
      case Prediction.Classification answer -> {
        assertThat(answer.label()).isEqualTo(expected.get("label").stringValue());
        for (int i = 0; i < answer.labels().size(); i++) {
          JsonNode probability = expected.get("probabilities").get(answer.labels().get(i));
          assertClose(answer.probabilities().get(i), probability, tolerance);
        }
      }
      case Prediction.Regression answer ->
          assertClose(answer.value(), expected.get("value"), tolerance);
      case Prediction.Raw answer -> throw new AssertionError("no bundled model is raw: " + answer);
    }
  }

  private static void assertClose(double actual, JsonNode expected, double tolerance) {
    double wanted = expected.doubleValue();
    assertThat(actual).isCloseTo(wanted, within(tolerance * Math.max(1, Math.abs(wanted))));
  }
}
